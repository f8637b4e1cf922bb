"""Written-down rules in plain words, and what is different between two versions of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import ngettext, number
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.queries.rules import is_being_changed, rules_content, versions_of

Content = Mapping[str, Any]  # what `rules_content` writes down
Key = tuple[object, ...]


@dataclass(frozen=True)
class Difference:
    """What is different; an empty text: it was not there, or is not there any more."""

    label: str
    before: str
    after: str


def differences(before: Content, after: Content) -> list[Difference]:
    """In words, in the order of the rules, the criteria and the prizes."""
    old, new = _in_words(before), _in_words(after)
    found = []
    for key in [*new, *[key for key in old if key not in new]]:
        label = (new.get(key) or old[key])[0]
        was, is_now = old.get(key, (label, ""))[1], new.get(key, (label, ""))[1]
        if was != is_now:
            found.append(Difference(label, was, is_now))
    found += _other_order(_("Order of the criteria"), before["criteria"], after["criteria"])
    return found + _other_order(_("Order of the prizes"), before["prizes"], after["prizes"])


def _other_order(label: str, before: Sequence[Content], after: Sequence[Content]) -> list[Difference]:
    """Only of what is there in both: what was added or removed moves the rest by itself."""
    both = {each["number"] for each in before} & {each["number"] for each in after}
    was = [each for each in before if each["number"] in both]
    is_now = [each for each in after if each["number"] in both]
    if [each["number"] for each in was] == [each["number"] for each in is_now]:
        return []
    told = [", ".join(each["title"] for each in order) for order in (was, is_now)]
    return [Difference(label, *told)]


def changes_being_prepared(hackathon: Hackathon, content: Content | None = None) -> list[Difference]:
    """What the version that is prepared would change; nothing where none is. `content`: as it stands, if known."""
    if not is_being_changed(hackathon):
        return []
    before = json.loads(versions_of(hackathon)[0].content)
    return differences(before, content or json.loads(rules_content(hackathon)))


def changes_of_version(hackathon: Hackathon, number: int) -> list[Difference]:
    """What was different in a version from the one before; nothing for the first."""
    written = {version.number: version.content for version in versions_of(hackathon)}
    earlier = [each for each in written if each < number]
    if number not in written or not earlier:
        return []
    return differences(json.loads(written[max(earlier)]), json.loads(written[number]))


def terms_in_words(content: Content) -> list[tuple[str, str]]:
    """The rules without criteria and prizes: what they are about, and what holds."""
    terms = content["rules"]
    words = words_of_choices()
    return [
        (_("Points"), _points(terms)),
        (_("Ballots needed"), _("%(quorum)s, or all members of the jury if there are fewer", quorum=terms["quorum"])),
        (_("“No answer”"), words["missing"][terms["missing"]]),
        (_("What decides the places"), words["aggregate"][terms["aggregate"]]),
        (_("Equal scores"), words["ties"][terms["ties"]]),
        (_("Conflicts of interest, besides the rule of the house"), terms["conflicts"] or "–"),
        (_("Who scores what"), _panel(terms)),
        (_("Words for the team"), words["feedback_required"][terms["feedback_required"]]),
        (_("Who reads the protocol"), words["audience"][terms["audience"]]),
        (_("On stage"), words["shows_bands"][terms["shows_bands"]]),
    ]


def words_of_choices() -> dict[str, dict[Any, str]]:
    """One short sentence for each answer that can be chosen."""
    return {
        "missing": {
            "left_out": _("is left out of the ballot, the other criteria count"),
            "not_counted": _("makes the whole ballot not count"),
        },
        "aggregate": {
            "mean": _("the mean of the ballots"),
            "median": _("the median, the ballot in the middle"),
            "corrected": _("the mean, corrected for strict and mild members of the jury"),
        },
        "ties": {
            "criterion": _("the criterion that counts most, then direct comparison, then the place is shared"),
            "comparison": _("direct comparison, then the place is shared"),
            "shared": _("share the place"),
        },
        "feedback_required": {
            True: _("two strengths and a next step on every ballot"),
            False: _("as the members of the jury like"),
        },
        "audience": {
            "everybody": _("everybody"),
            "teams": _("only the teams; its hash is public"),
        },
        "shows_bands": {
            True: _("it is said where places lie close together"),
            False: _("only places and scores are shown"),
        },
    }  # fmt: skip


def _points(terms: Mapping[str, Any]) -> str:
    ends = {"lowest": number(float(terms["lowest"])), "highest": number(float(terms["highest"]))}
    if terms["step"] == "1":
        return _("%(lowest)s to %(highest)s, whole points", **ends)
    return _("%(lowest)s to %(highest)s, in steps of a half", **ends)


def _panel(terms: Mapping[str, Any]) -> str:
    if terms["panel"] == "full":
        return _("everybody on the jury scores every prototype")
    each: int = terms["ballots_each"]
    return ngettext(
        "by a plan: %(num)s ballot for each prototype", "by a plan: %(num)s ballots for each prototype", each
    )


def _in_words(content: Content) -> dict[Key, tuple[str, str]]:
    rows: dict[Key, tuple[str, str]] = {("rule", label): (label, text) for label, text in terms_in_words(content)}
    titles = {}
    for criterion in content["criteria"]:
        titles[criterion["number"]] = criterion["title"]
        rows |= _criterion(criterion, float(content["rules"]["lowest"]))
    for prize in content["prizes"]:
        rows |= _prize(prize, titles)
    return rows


def _criterion(criterion: Mapping[str, Any], lowest: float) -> dict[Key, tuple[str, str]]:
    key, title = ("criterion", criterion["number"]), criterion["title"]
    rows: dict[Key, tuple[str, str]] = {
        key: (_("Criterion"), title),
        (*key, "question"): (_("%(title)s: question", title=title), criterion["question"]),
        (*key, "weight"): (_("%(title)s: weight", title=title), number(float(criterion["weight"]))),
    }
    for step, sentence in enumerate(criterion["levels"]):
        points = number(lowest + step)
        rows[(*key, step)] = (_("%(title)s: sentence for %(points)s points", title=title, points=points), sentence)
    return rows


def _prize(prize: Mapping[str, Any], titles: Mapping[int, str]) -> dict[Key, tuple[str, str]]:
    key, title = ("prize", prize["number"]), prize["title"]
    own = [f"{titles[each['number']]} × {number(float(Decimal(each['weight'])))}" for each in prize["criteria"]]
    return {
        key: (_("Prize"), title),
        (*key, "description"): (_("%(title)s: description", title=title), prize["description"]),
        (*key, "challenge"): (
            _("%(title)s: challenge", title=title),
            prize["challenge"]["title"] if prize["challenge"] else _("all prototypes"),
        ),
        (*key, "places"): (_("%(title)s: places that win something", title=title), number(prize["places"])),
        (*key, "criteria"): (_("%(title)s: criteria", title=title), ", ".join(own) or _("all criteria")),
    }
