"""From the last ballot to the published result: sealed, shown, published, withdrawn. On both databases the same."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid, NotAllowed, NotFound
from ideenlab.jury.actions import publish_result, reveal_place, seal_result, withdraw_result
from ideenlab.jury.maths.proof import verify
from ideenlab.jury.maths.protocol import hashed
from ideenlab.jury.models import Ballot, Criterion, JuryRound, JuryRoundPrototype, JuryRules, Prize, Recusal, Result
from ideenlab.jury.queries import (
    figures_of,
    find_result,
    has_result,
    revealed_of,
)
from ideenlab.mail.models import Mail
from ideenlab.pitches.models import Pitch
from tests.factories import a_hackathon, a_person, saved
from tests.jury.world import DAY, a_juror, close_scoring, handed_in, save, scored_hackathon, submitted


def right(result):
    return verify(result.protocol.encode()).differences == []


@pytest.fixture
def hall(app):
    """Three teams that everybody has scored; scoring is over."""
    hackathon = scored_hackathon("2", "1")
    prototypes = [handed_in(hackathon, a_person(), team=name, title=name) for name in ("Alpha", "Beta", "Gamma")]
    for juror in [a_juror(hackathon) for _ in range(3)]:
        for prototype, points in zip(prototypes, ((5, 4), (4, 3), (2, 2)), strict=True):
            submitted(juror, prototype, *points)
    close_scoring(hackathon)
    return hackathon, prototypes, a_person("organiser")


def do(action, organiser, hackathon, **values):
    with transaction():
        return action(organiser, hackathon=hackathon, **values)


def test_sealed_shown_published_withdrawn_and_once_more(hall):
    hackathon, _prototypes, organiser = hall
    sealed = do(seal_result, organiser, hackathon)
    before = sealed.protocol
    assert (find_result(hackathon), has_result(hackathon), right(sealed)) == (None, True, True)
    with pytest.raises(NotAllowed):
        do(seal_result, organiser, hackathon)
    for _twice in range(2):
        do(reveal_place, organiser, hackathon, prize=0, place=3)
    for prize, place in ((0, 4), (1, 3), (-1, -1)):
        with pytest.raises(NotFound):
            do(reveal_place, organiser, hackathon, prize=prize, place=place)
    assert revealed_of(sealed) == {(0, 3)}
    assert db.session.scalars(select(Mail)).all() == []
    published = do(publish_result, organiser, hackathon)
    assert (published.id, published.protocol, find_result(hackathon).id) == (sealed.id, before, sealed.id)
    assert len(db.session.scalars(select(Mail)).all()) == 3
    with pytest.raises(NotAllowed):
        do(reveal_place, organiser, hackathon, prize=0, place=2)
    with pytest.raises(Invalid):
        do(withdraw_result, organiser, hackathon, number=1, reason="")
    with pytest.raises(NotFound):
        do(withdraw_result, organiser, hackathon, number=2, reason="Falsche Nummer")
    do(withdraw_result, organiser, hackathon, number=1, reason="Ein Bogen fehlte.")
    assert (find_result(hackathon), has_result(hackathon)) == (None, False)
    assert len(db.session.scalars(select(Mail).where(Mail.text.contains("Ein Bogen fehlte."))).all()) == 3
    second = do(publish_result, organiser, hackathon)
    assert (second.number, json.loads(second.protocol)["result"], right(second)) == (2, 2, True)
    assert db.session.get(Result, sealed.id).protocol == before


def test_only_organisers_and_only_when_it_is_time(hall):
    hackathon, _prototypes, organiser = hall
    for person in (a_person(), a_person("juror"), a_person("moderator")):
        for action, values in (
            (seal_result, {}), (publish_result, {}), (reveal_place, {"prize": 0, "place": 1}),
            (withdraw_result, {"number": 1, "reason": "Nein"}),
        ):  # fmt: skip
            with pytest.raises(NotAllowed):
                do(action, person, hackathon, **values)
    with transaction():
        hackathon.publication_from = now() + timedelta(hours=1)
    do(seal_result, organiser, hackathon)  # the ceremony is later
    for action, values in ((publish_result, {}), (reveal_place, {"prize": 0, "place": 1})):
        with pytest.raises(NotAllowed):
            do(action, organiser, hackathon, **values)
    open_one = scored_hackathon("1")
    submitted(a_juror(open_one), handed_in(open_one), 4)
    with pytest.raises(NotAllowed):
        do(seal_result, organiser, open_one)


def test_no_result_while_a_round_is_open_and_its_ballots_count_after_it(hall):
    hackathon, (alpha, beta, _gamma), organiser = hall
    second = JuryRound(hackathon=hackathon, number=2, kind="final", reason="Finale", carried_over=Decimal("0.5"))
    second.prototypes = [JuryRoundPrototype(prototype_id=each.id) for each in (alpha, beta)]
    saved(second)
    juror = figures_of(hackathon).jurors[0]
    with pytest.raises(NotAllowed):
        do(seal_result, organiser, hackathon)
    submitted(juror, alpha, 1, 1)
    submitted(juror, beta, 5, 5)
    with transaction():
        second.closed_at = now()
        hackathon_rules = db.session.get(JuryRules, hackathon.id)
        assert hackathon_rules.quorum == 1
    result = do(seal_result, organiser, hackathon)
    order = json.loads(result.protocol)["figures"]["order"]
    assert [(row["prototype"], row["place"]) for row in order][:2] == [(beta.id, 1), (alpha.id, 2)]
    assert order[0]["score"]["exact"] == "13/3"  # half of 5, half of 11/3
    assert right(result)


def test_who_counts(app):
    """Not in it: a recused juror, a removed one, older rules, a team that was absent, what was not handed in."""
    hackathon = scored_hackathon("1", quorum=2)
    alpha, beta, absent = (handed_in(hackathon, team=name) for name in ("Alpha", "Beta", "Gamma"))
    ann, ben, cem, gone = (a_juror(hackathon, name=name) for name in ("Ann", "Ben", "Cem", "Dora"))
    for juror in (ann, ben, cem, gone):
        submitted(juror, alpha, 4)
        submitted(juror, absent, 5)
    submitted(ann, beta, 3)
    old = submitted(ben, beta, 5)
    save(cem, beta, 1)
    saved(Recusal(juror=cem, team=alpha.team, state="declared", kind="other", reason="Streng geheimer Grund"))
    saved(Recusal(juror=ben, team=alpha.team, state="dismissed", kind="other"))
    saved(Pitch(hackathon=hackathon, prototype=absent, position=1, starts_at=now() - DAY, state="absent"))
    with transaction():
        gone.removed_at = now()
        db.session.get(Ballot, old.ballot_id).rules_version = 0
    close_scoring(hackathon)
    result = do(publish_result, a_person("organiser"), hackathon)
    content = json.loads(result.protocol)
    rows = {row["prototype"]: (row["ballots"], row["place"]) for row in content["figures"]["order"]}
    assert rows == {alpha.id: (2, 1), beta.id: (1, None)}
    assert [row["team"] for row in content["absent"]] == ["Gamma"]
    assert len(content["recusals"]) == 1
    assert sorted((row["prototype"], row["state"]) for row in content["missing"]) == [
        (beta.id, "begun"), (beta.id, "old_rules"),
    ]  # fmt: skip
    assert "Streng geheimer Grund" not in result.protocol
    assert right(result)


def test_the_figures_are_the_same_on_every_database(app):
    """Numbers of rows are given, so that nothing but the database differs. The hash is the same on both."""
    hackathon = a_hackathon(slug="gleich", title="Gleich", open_windows=("scoring",))
    saved(JuryRules(hackathon_id=hackathon.id, quorum=2, aggregate="corrected"))
    for number, weight in ((901, "2"), (902, "1.5")):
        saved(Criterion(id=number, hackathon=hackathon, position=number, title=f"K{number}", weight=Decimal(weight)))
    saved(Prize(id=77, hackathon=hackathon, position=1, title="Preis", places=2))
    prototypes = [handed_in(hackathon, team=f"Team {letter}", title=letter, id=800 + n)
                  for n, letter in enumerate("ABCD")]  # fmt: skip
    jurors = [a_juror(hackathon) for _ in range(4)]
    for n, juror in enumerate(jurors):
        for m, prototype in enumerate(prototypes):
            if n != m:  # nobody sees all
                submitted(juror, prototype, (3 * n + 5 * m) % 11 / 2, (7 * n + 2 * m + 3) % 11 / 2)
    close_scoring(hackathon)
    content = json.loads(do(publish_result, a_person("organiser"), hackathon).protocol)
    places = {prototype.id: place for place, prototype in enumerate(prototypes)}
    order = [
        (places[row["prototype"]], row["place"], row["score"]["exact"], row["beside"]["mean"]["score"]["exact"],
         row["low"], row["high"], row["draws"], row["chances"])
        for row in content["figures"]["order"]
    ]  # fmt: skip
    assert all(row["chances"] for row in content["figures"]["order"])
    assert (
        hashed([order, content["figures"]["bands"], content["figures"]["support"]])
        == "c6bfd4ed455050187029af97930b8fb177d4b9df7711af36272251b326f8592c"
    )
    assert {award["number"] for award in content["figures"]["prizes"]} == {77}
