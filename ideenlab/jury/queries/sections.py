"""The protocol in words and tables, once for the page and the PDF. Everything comes from the file alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import number
from ideenlab.jury.maths import half_up
from ideenlab.jury.maths.ceremony import Award, awards_of

Json = Mapping[str, Any]
Head = str | tuple[str, str]


@dataclass(frozen=True)
class Section:
    """A heading, sentences, and a table if there are rows."""

    key: str
    title: str
    texts: Sequence[str]
    heads: Sequence[Head] = ()
    rows: Sequence[Sequence[str]] = ()


def points(value: Fraction | str, digits: int = 2) -> str:
    """Exact points as people read them: rounded half up, German with a comma."""
    return number(float(half_up(Fraction(value), digits)), digits)


def percent(value: Fraction) -> str:
    """0.8127 as 81 %."""
    return f"{number(float(half_up(value * 100, 0)), 0)} %"


def sections_of(protocol: Json) -> list[Section]:
    names = {row["number"]: row for row in protocol["prototypes"]}
    found = [
        _places(protocol, names), *_prizes(protocol, names), _sure(protocol, names), _rules(protocol),
        _criteria(protocol), *_rounds(protocol, names), _ballots(protocol, names), *_gaps(protocol, names),
        _severity(protocol),
    ]  # fmt: skip
    return [section for section in found if section.texts or section.rows]


def numeric(*heads: str) -> list[Head]:
    return [(head, "numeric") for head in heads]


def _score(value: Json | None) -> str:
    return points(value["exact"]) if value else "–"


def _place(place: int | None) -> str:
    return str(place) if place else _("not ranked")


def _places(protocol: Json, names: Mapping[int, Json]) -> Section:
    rows = []
    for row in protocol["figures"]["order"]:
        known, beside = names[row["prototype"]], row["beside"]
        rows.append([
            known["title"], known["team"], _place(row["place"]), _score(row["score"]), str(row["ballots"]),
            *(f"{_score(beside[name]['score'])} ({beside[name]['place'] or '–'})" for name in aggregates()),
        ])  # fmt: skip
    heads: list[Head] = [_("Prototype"), _("Team"), *numeric(_("Rank"), _("Score"), _("Ballots"))]
    heads += numeric(
        _("%(name)s (place)", name=_("Mean")), _("%(name)s (place)", name=_("Median")),
        _("%(name)s (place)", name=_("Corrected")),
    )  # fmt: skip
    terms = protocol["rules"]["content"]["rules"]
    texts = [_("The places follow from: %(rule)s. The others stand beside it and decide nothing.",
               rule=aggregates()[terms["aggregate"]])]  # fmt: skip
    return Section("places", _("Places"), [*texts, *tie_lines(protocol, names), *_groups(protocol, names)], heads, rows)


def aggregates() -> dict[str, str]:
    return {"mean": _("Mean"), "median": _("Median"), "corrected": _("Corrected for strict and mild jurors")}


def tie_lines(protocol: Json, names: Mapping[int, Json]) -> list[str]:
    """How equal scores were told apart."""
    said = {
        "criterion": _("Equal score; ahead or behind by the criterion that counts most."),
        "comparison": _("Equal score; ahead or behind by direct comparison of the ballots."),
        "shared": _("Shared place: the score is equal and the rules do not decide."),
    }
    order = protocol["figures"]["order"]
    return [f"{names[row['prototype']]['title']}: {said[row['tie']]}" for row in order if row["tie"]]


def _groups(protocol: Json, names: Mapping[int, Json]) -> list[str]:
    """Which prototypes cannot be compared, because no chain of jurors links them."""
    found = []
    for stage in protocol["figures"]["stages"]:
        if len(stage["fits"]) > 1:
            found.append(_("No chain of jurors links all prototypes. These groups can only be compared inside:"))
            found += [
                " · ".join(names[each["prototype"]]["title"] for each in fit["t"] if each["prototype"] in names)
                for fit in stage["fits"]
            ]
    return found


def _prizes(protocol: Json, names: Mapping[int, Json]) -> list[Section]:
    return [
        Section(f"prize-{award.number}", _("Prize: %(title)s", title=award.title), _about(award),
                [_("Prototype"), _("Team"), *numeric(_("Rank"), _("Score"))], _prize_rows(protocol, award, names))
        for award in awards_of(protocol) if award.number
    ]  # fmt: skip


def _about(award: Award) -> list[str]:
    only = _("Only prototypes of the challenge “%(title)s”.", title=award.challenge) if award.challenge else ""
    return [text for text in (award.description, only) if text]


def _prize_rows(protocol: Json, award: Award, names: Mapping[int, Json]) -> list[list[str]]:
    order = next(prize["order"] for prize in protocol["figures"]["prizes"] if prize["number"] == award.number)
    return [
        [names[r["prototype"]]["title"], names[r["prototype"]]["team"], _place(r["place"]), _score(r["score"])]
        for r in order
    ]  # fmt: skip


def band_lines(bands: Iterable[Sequence[int]], names: Mapping[int, str]) -> list[str]:
    """Statements beside the places; they change none."""
    return [
        _("These lie close together; a slightly different jury might have ordered them otherwise: %(titles)s",
          titles=" · ".join(names[prototype] for prototype in band))
        for band in bands
    ]  # fmt: skip


def _sure(protocol: Json, names: Mapping[int, Json]) -> Section:
    figures = protocol["figures"]
    if not figures["draws"]:
        return Section("sure", "", [])
    rows = [
        [names[row["prototype"]]["title"], _place(row["place"]), _interval(row), *_chances(row)]
        for row in figures["order"] if row["draws"]
    ]  # fmt: skip
    heads: list[Head] = [_("Prototype"), *numeric(_("Rank"), _("Nine of ten draws"), _("Chance of place 1"),
                                                  _("Chance of its place or a better one"))]  # fmt: skip
    titles = {number: row["title"] for number, row in names.items()}
    text = _("The jury was drawn again %(draws)s times by computer. Seed: %(seed)s",
             draws=figures["draws"], seed=figures["seed"])  # fmt: skip
    return Section(
        "sure", _("How sure the order is"), [text, *band_lines(figures["bands"], titles)], heads, rows
    )  # fmt: skip


def _interval(row: Json) -> str:
    return f"{points(row['low'])} – {points(row['high'])}" if row["low"] else "–"


def first_chance(row: Json) -> Fraction:
    """Its share of the draws on place 1, 0 to 1."""
    return sum((Fraction(c["share"]) for c in row["chances"] if c["place"] == 1), Fraction(0))


def front_lines(protocol: Json, names: Mapping[int, Json]) -> list[str]:
    """How sure the first place is, in one sentence; where several groups have one each, there is no such sentence."""
    order = protocol["figures"]["order"]
    if not protocol["figures"]["draws"] or any(row["group"] for row in order):
        return []
    return [
        _("If the jury had been put together a little differently, “%(title)s” would be in front in %(share)s of the "
          "cases.", title=names[row["prototype"]]["title"], share=percent(first_chance(row)))
        for row in order if row["place"] == 1
    ]  # fmt: skip


def _chances(row: Json) -> list[str]:
    first = first_chance(row)
    own = sum(
        (Fraction(c["share"]) for c in row["chances"] if row["place"] and c["place"] <= row["place"]), Fraction(0)
    )
    return [percent(first), percent(own) if row["place"] else "–"]


def _rules(protocol: Json) -> Section:
    rules = protocol["rules"]
    terms = rules["content"]["rules"]
    missing = {
        "left_out": _("“No answer” is left out of the total."),
        "not_counted": _("A ballot with “no answer” does not count."),
    }
    ties = {
        "criterion": _("Equal scores: the criterion with the largest weight decides, then direct comparison."),
        "comparison": _("Equal scores: direct comparison decides."), "shared": _("Equal scores share the place."),
    }  # fmt: skip
    texts = [
        _("Version %(version)s, SHA-256 %(hash)s", version=rules["version"], hash=rules["sha256"]),
        _("Points from %(lowest)s to %(highest)s in steps of %(step)s; at least %(quorum)s ballots, or all who may "
          "score if they are fewer.", lowest=number(float(terms["lowest"])), highest=number(float(terms["highest"])),
            step=number(float(terms["step"])),
          quorum=terms["quorum"]),
        missing[terms["missing"]], ties[terms["ties"]], terms["conflicts"], rules["content"]["reason"],
    ]  # fmt: skip
    return Section("rules", _("Rules"), [text for text in texts if text])


def _criteria(protocol: Json) -> Section:
    criteria = protocol["rules"]["content"]["criteria"]
    rows = [[c["title"], c["question"] or "–", number(float(c["weight"]))] for c in criteria]
    return Section("criteria", _("Criteria"), [], [_("Criterion"), _("Question"), *numeric(_("Weight"))], rows)


def _rounds(protocol: Json, names: Mapping[int, Json]) -> list[Section]:
    kinds = {"final": _("Final"), "second": _("Second ballot")}
    rows = [
        [str(r["number"]), kinds[r["kind"]], percent(Fraction(r["carried_over"])) if r["kind"] == "final" else "–",
         " · ".join(names[p]["title"] for p in r["prototypes"] if p in names)]
        for r in protocol["rounds"]
    ]  # fmt: skip
    heads = [_("Round"), _("Kind"), _("Carried over from before"), _("Prototypes")]
    return [Section("rounds", _("Rounds"), [], heads, rows)]


def _ballots(protocol: Json, names: Mapping[int, Json]) -> Section:
    totals = protocol["figures"]["totals"]
    sources = {"online": "", "paper": _("on paper"), "paper_by_one": _("on paper, checked by one person"),
               "import": _("imported")}  # fmt: skip
    rows = [
        [str(b["juror"]), names[b["prototype"]]["title"], str(b["round"]),
         *(points(p, 1) if p else _("no answer") for p in b["points"]), _score(total["total"]), sources[b["source"]]]
        for b, total in zip(protocol["ballots"], totals, strict=True)
    ]  # fmt: skip
    titles = [c["title"] for c in protocol["rules"]["content"]["criteria"]]
    heads: list[Head] = [_("Juror"), _("Prototype"), *numeric(_("Round"), *titles, _("Total")), _("Note")]
    text = _("Every ballot that counts. Jurors are numbers that were drawn by lot for this result.")
    return Section("ballots", _("Ballots"), [text], heads, rows)


def _gaps(protocol: Json, names: Mapping[int, Json]) -> list[Section]:
    """Who does not score what, what is missing, and who is not ranked at all."""
    states = {"open": _("not begun"), "begun": _("not handed in"), "old_rules": _("given under older rules")}
    heads = [_("Juror"), _("Prototype")]
    recused = [[str(row["juror"]), names[row["prototype"]]["title"]] for row in protocol["recusals"]]
    missing = [
        [str(row["juror"]), names[row["prototype"]]["title"], str(row["round"]), states.get(row["state"], row["state"])]
        for row in protocol["missing"]
    ]  # fmt: skip
    absent = [_("%(team)s: did not present, so without a place", team=row["team"]) for row in protocol["absent"]]
    absent += [_("%(team)s: handed in no prototype", team=name) for name in protocol["teams_without_prototype"]]
    return [
        Section("recusals", _("Conflicts of interest"), [], heads, recused),
        Section("missing", _("Missing ballots"), [], [*heads, _("Round"), _("State")], missing),
        Section("absent", _("Without a place"), absent),
    ]  # fmt: skip


def _severity(protocol: Json) -> Section:
    rows = [
        [str(each["juror"]), str(stage["round"]), points(each["value"]["exact"], 3)]
        for stage in protocol["figures"]["stages"] for fit in stage["fits"] for each in fit["s"]
    ]  # fmt: skip
    text = _("How far each juror lies above or below the others, as the correction reckons.")
    heads: list[Head] = [_("Juror"), *numeric(_("Round"), _("Severity"))]
    return Section("severity", _("Strict and mild jurors"), [text] if rows else [], heads, rows)
