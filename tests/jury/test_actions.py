import hashlib
import json
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.jury.actions import (
    Terms,
    accept_invitation,
    add_criterion,
    confirm_informed,
    edit_criterion,
    invite_juror,
    is_code_of,
    move_criterion,
    remove_criterion,
    remove_juror,
    renew_access,
    reopen_ballot,
    set_jury_rules,
    start_with_template,
)  # fmt: skip
from ideenlab.jury.models import BallotRevision, Result
from ideenlab.jury.queries import (
    criteria_of,
    figures_of,
    find_juror_by_invitation,
    find_result,
    jurors_of,
    rules_of,
    scores_of,
)  # fmt: skip
from ideenlab.jury.queries import protocol as protocol_module
from ideenlab.mail.models import Mail
from tests.factories import a_hackathon, a_person
from tests.jury.world import (
    a_juror,
    ballot_of,
    close_scoring,
    handed_in,
    published,
    save,
    scored_hackathon,
    submitted,
)  # fmt: skip


@pytest.fixture
def desk(app):
    hackathon = scored_hackathon()
    return a_juror(hackathon), handed_in(hackathon)


def points_of(juror, prototype):
    criteria = {criterion.id: number for number, criterion in enumerate(criteria_of(prototype.hackathon))}
    scores = scores_of(ballot_of(juror, prototype))
    return {criteria[number]: score.half_points for number, score in scores.items()}


def test_a_juror_scores_a_prototype(desk):
    saved = save(*desk, 4.5, 0)
    ballot = ballot_of(*desk)
    assert (saved.number, ballot.revision, ballot.state) == (1, 1, "open")
    assert points_of(*desk) == {0: 9, 1: 0}


def test_the_next_save_replaces_the_points_and_keeps_the_revision_before(desk):
    save(*desk, 4.5, 0, comment="Gut")
    save(*desk, 3, comment="Besser")
    assert points_of(*desk) == {0: 6}
    revisions = db.session.scalars(select(BallotRevision).order_by(BallotRevision.number)).all()
    assert [(r.number, json.loads(r.content)["comment"]) for r in revisions] == [(1, "Gut"), (2, "Besser")]


def test_no_answer_has_a_reason(desk):
    submitted(*desk, 4, None, 3)
    assert points_of(*desk) == {0: 8, 1: None, 2: 6}
    assert [s.excuse for s in scores_of(ballot_of(*desk)).values() if s.half_points is None] == ["Nicht gesehen"]


def test_a_reason_beside_points_is_not_kept(desk):
    criteria = criteria_of(desk[1].hackathon)
    save(*desk, 4, excuses={criteria[0]: "doch nicht"})
    assert [score.excuse for score in scores_of(ballot_of(*desk)).values()] == [""]


def test_a_repeated_save_gives_back_the_revision_it_made(desk):
    first = save(*desk, 4, save_id="lost-answer", revision=0)
    save(*desk, 3)
    again = save(*desk, 4, save_id="lost-answer", revision=0)
    assert (again.id, again.number) == (first.id, 1)
    assert points_of(*desk) == {0: 6}
    assert ballot_of(*desk).revision == 2


def test_the_same_id_with_other_content_is_no_repetition(desk):
    save(*desk, 4, save_id="one-save", revision=0)
    for revision in (0, 1):
        with pytest.raises(Conflict):
            save(*desk, 3, save_id="one-save", revision=revision)
    assert points_of(*desk) == {0: 8}


@pytest.mark.parametrize("revision", [0, 2, -1, 2**31 - 1, 10**12])
def test_an_older_page_never_overwrites_a_newer_one(desk, revision):
    save(*desk, 4, comment="Stark")
    with pytest.raises(Conflict) as refused:
        save(*desk, 2, None, revision=revision)
    assert points_of(*desk) == {0: 8}
    assert [text for _label, text in refused.value.stored] == ["4 Punkte", "–", "–", "Stark"]
    assert [text for _label, text in refused.value.mine] == ["2 Punkte", "keine Angabe: Nicht gesehen", "–"]


@pytest.mark.parametrize("points", [(4, 4), (4, 4, None)])
def test_an_unfinished_ballot_cannot_be_handed_in(desk, points):
    with pytest.raises(Invalid) as refused:
        submitted(*desk, *points, excuses={})
    last = criteria_of(desk[1].hackathon)[-1]
    assert refused.value.field == (f"points-{last.id}" if len(points) == 2 else f"excuse-{last.id}")
    assert ballot_of(*desk) is None


@pytest.mark.parametrize("points", [-0.5, 5.5, 6, 1000])
def test_points_off_the_scale_are_refused(desk, points):
    with pytest.raises(Invalid):
        save(*desk, points)
    assert ballot_of(*desk) is None


def test_a_criterion_of_another_hackathon_is_refused(desk):
    from ideenlab.jury.actions import score_prototype

    foreign = criteria_of(scored_hackathon())[0]
    with pytest.raises(Invalid), transaction():
        score_prototype(desk[0].person, prototype=desk[1], half_points={foreign: 4}, revision=0, save_id="foreign-1")


def test_a_handed_in_ballot_is_opened_before_it_is_changed(desk):
    submitted(*desk, 4, 4, 4)
    with pytest.raises(Conflict):
        save(*desk, 1)
    with transaction():
        reopen_ballot(desk[0].person, prototype=desk[1], revision=1)
    assert (ballot_of(*desk).state, points_of(*desk)) == ("open", {0: 8, 1: 8, 2: 8})
    save(*desk, 1, 1, 1)
    assert [entry.standing.ballots for entry in figures_of(desk[1].hackathon).entries] == [0]
    with pytest.raises(Conflict), transaction():
        submitted(*desk, 1, 1, 1)
        reopen_ballot(desk[0].person, prototype=desk[1], revision=1)


def test_a_refused_save_keeps_nothing(desk):
    close_scoring(desk[1].hackathon)
    with pytest.raises(NotAllowed):
        save(*desk, 4)
    assert ballot_of(*desk) is None


def test_an_answer_that_was_lost_at_the_close_is_still_true(desk):
    first = submitted(*desk, 4, 4, 4, save_id="last-minute")
    close_scoring(desk[1].hackathon)
    assert submitted(*desk, 4, 4, 4, save_id="last-minute").id == first.id


def criterion_values(title="Nutzen", weight="1"):
    return {"title": title, "question": "Hilft es?", "weight": Decimal(weight), "levels": list("abcdef")}


def titles_of(hackathon):
    db.session.rollback()
    return [criterion.title for criterion in criteria_of(hackathon)]


def test_criteria_are_added_edited_moved_and_removed(app):
    hackathon, organiser = a_hackathon(), a_person("organiser")
    with transaction():
        for number, title in enumerate(("A", "B", "C")):
            add_criterion(organiser, hackathon=hackathon, revision=number, **criterion_values(title))
        first, second, third = criteria_of(hackathon)
        edit_criterion(organiser, criterion=second, revision=3, **criterion_values("B neu", "2.5"))
        move_criterion(organiser, criterion=third, steps=-1, revision=4)
        move_criterion(organiser, criterion=first, steps=-1, revision=5)
    assert titles_of(hackathon) == ["A", "C", "B neu"]
    assert criteria_of(hackathon)[2].weight == Decimal("2.5")
    with transaction():
        remove_criterion(organiser, criterion=criteria_of(hackathon)[0], revision=6)
        add_criterion(organiser, hackathon=hackathon, revision=7, **criterion_values("D"))
    assert titles_of(hackathon) == ["C", "B neu", "D"]


def test_two_organisers_do_not_overwrite_each_other(app):
    hackathon, organiser = scored_hackathon("1"), a_person("organiser")
    with transaction():
        set_jury_rules(organiser, hackathon=hackathon, terms=Terms(highest=6, quorum=2), revision=0)
    with pytest.raises(Conflict) as refused, transaction():
        set_jury_rules(organiser, hackathon=hackathon, terms=Terms(highest=4, quorum=5), revision=0)
    mine, stored = dict(refused.value.mine), dict(refused.value.stored)
    assert (mine["Punkte"], stored["Punkte"]) == ("0 bis 4, in halben Schritten", "0 bis 6, in halben Schritten")
    assert [told["Nötige Bewertungen"][:1] for told in (mine, stored)] == ["5", "2"]
    with pytest.raises(Conflict), transaction():
        edit_criterion(organiser, criterion=criteria_of(hackathon)[0], revision=0, **criterion_values())
    assert (rules_of(hackathon).highest_half_points, rules_of(hackathon).quorum) == (12, 2)


@pytest.mark.parametrize("weight", ["0", "-1", "1000.5", "NaN", "Infinity", "0.0000001"])
def test_weights_are_sane_numbers_above_zero(app, weight):
    hackathon = a_hackathon()
    with pytest.raises(Invalid) as refused, transaction():
        add_criterion(a_person("organiser"), hackathon=hackathon, revision=0, **criterion_values(weight=weight))
    assert refused.value.field == "weight"


@pytest.mark.parametrize("title", ["Kriterium 1", "KRITERIUM  1"])
def test_a_title_exists_once(app, title):
    hackathon = scored_hackathon()
    with pytest.raises(Invalid) as refused, transaction():
        add_criterion(a_person("organiser"), hackathon=hackathon, revision=0, **criterion_values(title))
    assert refused.value.field == "title"


@pytest.mark.parametrize(("highest", "quorum"), [(0, 3), (11, 3), (5, 0), (5, 100)])
def test_scale_and_quorum_have_limits(app, highest, quorum):
    with pytest.raises(Invalid), transaction():
        set_jury_rules(
            a_person("organiser"), hackathon=a_hackathon(), terms=Terms(highest=highest, quorum=quorum), revision=0
        )


def test_four_criteria_to_begin_with(app):
    hackathon, organiser = a_hackathon(), a_person("organiser")
    with transaction():
        start_with_template(organiser, hackathon=hackathon, template="four", revision=0)
    assert len(titles_of(hackathon)) == 4
    assert {(c.weight, len(c.levels.split("\n"))) for c in criteria_of(hackathon)} == {(Decimal(1), 6)}
    with pytest.raises(Invalid), transaction():
        start_with_template(organiser, hackathon=hackathon, template="four", revision=1)


def test_nothing_of_the_rules_changes_after_the_first_ballot(desk):
    juror, prototype = desk
    hackathon, organiser = prototype.hackathon, a_person("organiser")
    save(juror, prototype, 4)
    first = criteria_of(hackathon)[0]
    for change in (
        lambda: set_jury_rules(organiser, hackathon=hackathon, terms=Terms(highest=4, quorum=1), revision=0),
        lambda: add_criterion(organiser, hackathon=hackathon, revision=0, **criterion_values()),
        lambda: edit_criterion(organiser, criterion=first, revision=0, **criterion_values()),
        lambda: move_criterion(organiser, criterion=first, steps=1, revision=0),
        lambda: remove_criterion(organiser, criterion=first, revision=0),
        lambda: start_with_template(organiser, hackathon=hackathon, template="four", revision=0),
    ):
        with pytest.raises(NotAllowed), transaction():
            change()
    assert titles_of(hackathon) == ["Kriterium 1", "Kriterium 2", "Kriterium 3"]


def invited(hackathon, email="jo@example.org", name="Jo Muster"):
    with transaction():
        return invite_juror(
            a_person("organiser"), hackathon=hackathon, name=name, email=email, organisation="Hochschule"
        )


def secret_in_mail():
    text = db.session.scalars(select(Mail.text).order_by(Mail.id.desc())).first()
    return text.partition("/jury/einladung/")[2].split()[0]


def test_an_invited_juror_has_a_link_by_mail_and_a_code_that_is_nowhere_else(app):
    juror, code = invited(scored_hackathon())
    mail = db.session.scalars(select(Mail)).one()
    assert mail.recipient == "jo@example.org"
    assert code not in mail.text
    assert code.replace(" ", "") not in mail.text
    assert find_juror_by_invitation(secret_in_mail()).id == juror.id
    assert juror.person.has_role("juror")
    assert juror.person.pseudonym != "Jo Muster"


@pytest.mark.parametrize(
    ("typed", "right"),
    [("{code}", True), ("{plain}", True), (" {plain} ", True), ("", False), (" ", False), ("00000000", False),
     ("null", False), ("{plain}0", False)],
)  # fmt: skip
def test_only_the_code_opens_the_link(app, typed, right):
    juror, code = invited(scored_hackathon())
    typed = typed.format(code=code, plain=code.replace(" ", ""))
    assert is_code_of(juror, secret=secret_in_mail(), code=typed) is right
    assert not is_code_of(juror, secret="another", code=typed)


def test_a_juror_says_how_they_are_called(app):
    juror, _code = invited(scored_hackathon())
    with transaction():
        person = accept_invitation(juror, name="Johanna Muster")
    assert (person.id, juror.name, juror.accepted_at is not None) == (juror.person_id, "Johanna Muster", True)


def test_new_access_kills_the_old_link_and_code(app):
    juror, code = invited(scored_hackathon())
    secret = secret_in_mail()
    with transaction():
        fresh = renew_access(a_person("organiser"), juror=juror)
    assert find_juror_by_invitation(secret) is None
    assert not is_code_of(juror, secret=secret, code=code)
    assert is_code_of(juror, secret=secret_in_mail(), code=fresh)


def test_nobody_is_invited_twice(app):
    hackathon = scored_hackathon()
    invited(hackathon)
    with pytest.raises(Invalid):
        invited(hackathon, email="JO@example.org")
    assert len(jurors_of(hackathon)) == 1


def test_a_removed_juror_is_out_at_once_and_what_they_scored_does_not_count(app):
    hackathon, other = scored_hackathon(), scored_hackathon()
    juror, _code = invited(hackathon)
    prototype, secret = handed_in(hackathon), secret_in_mail()
    with transaction():
        confirm_informed(juror.person, hackathon=hackathon, version=1)
    submitted(juror, prototype, 4, 4, 4)
    with transaction():
        remove_juror(a_person("organiser"), juror=juror)
    assert find_juror_by_invitation(secret) is None
    assert not juror.person.has_role("juror")
    assert [entry.standing.ballots for entry in figures_of(hackathon).entries] == [0]
    again, _code = invited(hackathon)
    assert (again.id, again.removed_at, again.accepted_at) == (juror.id, None, None)
    invited(other)
    with transaction():
        remove_juror(a_person("organiser"), juror=again)
    assert juror.person.has_role("juror")  # still on the other jury


def test_publishing_freezes_what_was_scored_and_tells_the_teams(app):
    hackathon = scored_hackathon("2", "1", quorum=2)
    member = a_person()
    winner, second = handed_in(hackathon, member, team="Zeta"), handed_in(hackathon, team="Alpha")
    jurors = [a_juror(hackathon) for _ in range(2)]
    for juror in jurors:
        submitted(juror, winner, 4.5, None, comment="geheim für andere", note="nur für mich")
        submitted(juror, second, 4, 1)
    third = handed_in(hackathon, team="Beta")
    submitted(jurors[0], third, 5, 5)
    save(jurors[1], third, 1)
    result = published(hackathon)
    assert hashlib.sha256(result.protocol.encode()).hexdigest() == result.sha256
    protocol = json.loads(result.protocol)
    teams = {row["number"]: row["team"] for row in protocol["prototypes"]}
    rows = [(teams[r["prototype"]], r["place"], r["score"]["decimal"], r["score"]["exact"], r["ballots"], r["quorum"])
            for r in protocol["figures"]["order"]]  # fmt: skip
    assert rows == [
        ("Zeta", 1, "4.500000", "9/2", 2, 2),
        ("Alpha", 2, "3.000000", "3", 2, 2),
        ("Beta", None, "5.000000", "5", 1, 2),
    ]
    assert sorted(b["points"] for b in protocol["ballots"] if b["prototype"] == winner.id) == [["4.5", None]] * 2
    assert [row["prototype"] for row in protocol["missing"]] == [third.id]
    told = [mail.recipient for mail in db.session.scalars(select(Mail))]
    assert told == [member.email]
    for secret in ("geheim", "nur für mich", "Nicht gesehen", *(j.name for j in jurors), member.pseudonym):
        assert secret not in result.protocol


def test_numbers_of_jurors_are_drawn(app, monkeypatch):
    drawn = []

    class Dice:
        def shuffle(self, items):
            drawn.append(list(items))
            items.reverse()

    monkeypatch.setattr(protocol_module, "SystemRandom", Dice)
    hackathon = scored_hackathon("1")
    prototype = handed_in(hackathon)
    jurors = [a_juror(hackathon, name=name) for name in "AB"]
    for juror, points in zip(jurors, (1, 2), strict=True):
        submitted(juror, prototype, points)
    protocol = json.loads(published(hackathon).protocol)
    assert drawn == [[juror.id for juror in jurors]]
    assert [(b["juror"], b["points"]) for b in protocol["ballots"]] == [(1, ["2"]), (2, ["1"])]


def test_a_result_is_published_once(app):
    hackathon = scored_hackathon()
    submitted(a_juror(hackathon), handed_in(hackathon), 4, 4, 4)
    first = published(hackathon).id
    with pytest.raises(NotAllowed):
        published(hackathon)
    assert db.session.scalar(select(func.count()).select_from(Result)) == 1
    assert find_result(hackathon).id == first
    assert now() >= find_result(hackathon).published_at
