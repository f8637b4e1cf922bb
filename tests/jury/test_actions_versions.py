"""Rules that are frozen, and versions of them."""

import hashlib
import json
import threading
from decimal import Decimal

import pytest
from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid, NotAllowed
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.actions import (
    PrizeTerms,
    Terms,
    add_criterion,
    add_prize,
    copy_jury_rules,
    drop_new_version,
    edit_criterion,
    edit_prize,
    freeze_rules,
    move_criterion,
    move_prize,
    open_new_version,
    put_in_force,
    remove_criterion,
    remove_prize,
    score_prototype,
    set_jury_rules,
    start_with_template,
    take_over_rules,
    undo_change,
)
from ideenlab.jury.models import BallotRevision, JuryRulesVersion
from ideenlab.jury.queries import (
    criteria_of,
    is_being_changed,
    is_frozen,
    prizes_of,
    rules_content,
    rules_in_force,
    rules_of,
    scores_of,
    versions_of,
)
from ideenlab.mail.models import Mail
from ideenlab.prototypes.models import Prototype
from tests.factories import a_challenge, a_hackathon, a_person
from tests.jury.world import a_juror, ballot_of, handed_in, save, scored_hackathon, submitted


def test_the_first_save_freezes_the_rules_once(app):
    hackathon = scored_hackathon("2", "1")
    juror, prototype = a_juror(hackathon), handed_in(hackathon)
    assert not is_frozen(hackathon)
    save(juror, prototype, 4)
    submitted(juror, prototype, 4, 3)
    (version,) = versions_of(hackathon)
    written = json.loads(version.content)
    assert (version.number, version.reason, written["version"]) == (1, "", 1)
    assert [criterion["weight"] for criterion in written["criteria"]] == ["2", "1"]
    assert version.sha256 == hashlib.sha256(version.content.encode()).hexdigest()
    assert is_frozen(hackathon)


@pytest.mark.parametrize("with_row", [True, False])
def test_first_ballots_at_once_make_one_version_and_no_change_slips_in(app, with_row):
    hackathon = scored_hackathon("1")
    if not with_row:
        with transaction():
            db.session.delete(rules_of(hackathon))
    prototype, jurors = handed_in(hackathon), [a_juror(hackathon) for _ in range(4)]
    organiser = a_person("organiser")
    people, prototype_id, organiser_id = [juror.person_id for juror in jurors], prototype.id, organiser.id
    db.session.rollback()
    gate, refused = threading.Barrier(5), []

    def run(mine):
        with app.app_context():
            gate.wait()
            try:
                with transaction():
                    act(mine)
            except NotAllowed as error:
                refused.append(error)
            finally:
                db.session.remove()

    def act(mine):
        target = db.session.get(Prototype, prototype_id)
        if mine == 4:
            set_jury_rules(
                db.session.get(Person, organiser_id),
                hackathon=target.hackathon,
                terms=Terms(highest=9, quorum=1),
                revision=0,
            )
            return
        points = dict.fromkeys(criteria_of(target.hackathon), 4)
        score_prototype(
            db.session.get(Person, people[mine]), prototype=target, half_points=points, revision=0,
            save_id=f"save-of-{mine}",
        )  # fmt: skip

    threads = [threading.Thread(target=run, args=(mine,)) for mine in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    written = [json.loads(version.content) for version in db.session.scalars(select(JuryRulesVersion))]
    assert len(db.session.scalars(select(BallotRevision)).all()) == 4
    assert len(written) == 1
    assert written[0]["rules"]["highest"] == ("5" if refused else "9")  # the change came before all or not at all
    assert rules_of(db.session.get(Hackathon, prototype.hackathon_id)).highest_half_points == (10 if refused else 18)


def test_while_a_new_version_is_prepared_nobody_scores(app):
    hackathon = scored_hackathon("1")
    juror, prototype = a_juror(hackathon), handed_in(hackathon)
    save(juror, prototype, 4)
    with transaction():
        open_new_version(a_person("organiser"), hackathon=hackathon, reason="Ein Kriterium fehlte.")
    assert (is_being_changed(hackathon), is_frozen(hackathon), rules_of(hackathon).version) == (True, False, 2)
    with pytest.raises(NotAllowed, match="gerade geändert"):
        save(juror, prototype, 3)
    with pytest.raises(NotAllowed), transaction():
        freeze_rules(hackathon)
    assert len(versions_of(hackathon)) == 1


def revision(hackathon):
    db.session.rollback()
    return rules_of(hackathon).revision


def written(hackathon):
    """The rules as they stand, without what numbers them."""
    db.session.rollback()
    content = json.loads(rules_content(hackathon))
    return {name: content[name] for name in ("rules", "criteria", "prizes")}


def prepared(hackathon, reason="Ein Kriterium fehlte."):
    with transaction():
        open_new_version(a_person("organiser"), hackathon=hackathon, reason=reason)
    return a_person("organiser")


def every_change(organiser, hackathon):
    """Each thing that can be done to the rules, as something to call."""
    first, prize, now = criteria_of(hackathon)[0], prizes_of(hackathon)[0], revision(hackathon)
    sentences = {"question": "Neu?", "weight": Decimal(3), "levels": list("abcdef")}
    other = scored_hackathon("1")
    return [
        lambda: set_jury_rules(organiser, hackathon=hackathon, terms=Terms(aggregate="median"), revision=now),
        lambda: add_criterion(organiser, hackathon=hackathon, title="Neu", revision=now, **sentences),
        lambda: edit_criterion(organiser, criterion=first, title="Anders", revision=now, **sentences),
        lambda: move_criterion(organiser, criterion=first, steps=1, revision=now),
        lambda: remove_criterion(organiser, criterion=first, revision=now),
        lambda: start_with_template(organiser, hackathon=hackathon, template="civic", revision=now),
        lambda: take_over_rules(organiser, hackathon=hackathon, source=other, revision=now),
        lambda: add_prize(organiser, hackathon=hackathon, terms=PrizeTerms("Noch einer"), revision=now),
        lambda: edit_prize(organiser, prize=prize, terms=PrizeTerms("Anders"), revision=now),
        lambda: move_prize(organiser, prize=prize, steps=1, revision=now),
        lambda: remove_prize(organiser, prize=prize, revision=now),
        lambda: undo_change(organiser, hackathon=hackathon, revision=now),
    ]


def with_prizes(*weights):
    """A hackathon with two prizes, the second for one criterion with a weight of its own."""
    hackathon, organiser = scored_hackathon(*weights), a_person("organiser")
    challenge = a_challenge(hackathon)
    with transaction():
        add_prize(organiser, hackathon=hackathon, terms=PrizeTerms("Gesamtwertung", places=3), revision=0)
        own = {criteria_of(hackathon)[1]: Decimal("2.50")}
        terms = PrizeTerms("Preis der Neuheit", challenge=challenge, weights=own)
        add_prize(organiser, hackathon=hackathon, terms=terms, revision=1)
    return hackathon


def test_after_the_first_ballot_every_change_is_refused_in_the_act_too(app):
    hackathon, organiser = with_prizes("2", "1"), a_person("organiser")
    save(a_juror(hackathon), handed_in(hackathon), 4)
    stands = written(hackathon)
    for change in every_change(organiser, hackathon):
        with pytest.raises(NotAllowed, match="neue Fassung"), transaction():
            change()
    assert written(hackathon) == stands


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 7, 8, 9, 10])
def test_every_change_can_be_undone_and_done_again(app, number):
    hackathon, organiser = with_prizes("2", "1", "1"), a_person("organiser")
    before = written(hackathon)
    with transaction():
        every_change(organiser, hackathon)[number]()
    after = written(hackathon)
    assert after != before
    for expected in (before, after, before):
        with transaction():
            undo_change(organiser, hackathon=hackathon, revision=revision(hackathon))
        assert written(hackathon) == expected


def test_a_new_version_keeps_points_until_it_is_in_force_and_gives_all_back_when_dropped(app):
    hackathon = with_prizes("2", "1")
    juror, prototype = a_juror(hackathon), handed_in(hackathon)
    submitted(juror, prototype, 4, 3)
    before, points = written(hackathon), points_of(juror, prototype)
    organiser = prepared(hackathon)
    with transaction():
        remove_criterion(organiser, criterion=criteria_of(hackathon)[0], revision=revision(hackathon))
        start = {"question": "Neu?", "weight": Decimal(1), "levels": list("abcdef")}
        add_criterion(organiser, hackathon=hackathon, title="Neu", revision=rules_of(hackathon).revision, **start)
    assert points_of(juror, prototype) == {"Kriterium 2": 6}
    with transaction():
        drop_new_version(organiser, hackathon=hackathon, revision=revision(hackathon))
    assert (written(hackathon), points_of(juror, prototype)) == (before, points)
    assert (rules_of(hackathon).version, is_frozen(hackathon)) == (1, True)
    assert rules_content(hackathon) == versions_of(hackathon)[0].content


def points_of(juror, prototype):
    return {score.criterion.title: score.half_points for score in scores_of(ballot_of(juror, prototype)).values()}


def test_in_force_is_one_act_that_everybody_on_the_jury_is_told_of(app):
    hackathon = scored_hackathon("2", "1")
    juror, prototype = a_juror(hackathon), handed_in(hackathon)
    other, removed = a_juror(hackathon), a_juror(hackathon, removed_at=now())
    submitted(juror, prototype, 4, 3)
    organiser = prepared(hackathon, reason="Ein Gewicht war vertippt.")
    with pytest.raises(Invalid, match="nichts geändert"), transaction():
        put_in_force(organiser, hackathon=hackathon, revision=revision(hackathon))
    first = criteria_of(hackathon)[0]
    with transaction():
        edit_criterion(organiser, criterion=first, title=first.title, question=first.question, weight=Decimal(3),
                       levels=first.levels.split("\n"), revision=revision(hackathon))  # fmt: skip
    shown = revision(hackathon)
    with transaction():
        put_in_force(organiser, hackathon=hackathon, revision=shown)
    with pytest.raises(NotAllowed), transaction():
        put_in_force(organiser, hackathon=hackathon, revision=shown)
    assert [(v.number, v.reason) for v in versions_of(hackathon)] == [(2, "Ein Gewicht war vertippt."), (1, "")]
    mails = {
        mail.recipient: mail.text for mail in db.session.scalars(select(Mail)) if "Bewertungsordnung" in mail.subject
    }
    assert mails.keys() == {juror.person.email, other.person.email}
    assert removed.person.email not in mails
    assert "- Kriterium 1: Gewicht: 2 → 3" in mails[juror.person.email]
    assert "Ein Gewicht war vertippt." in mails[juror.person.email]
    assert save(other, prototype, 4)  # scoring goes on


def test_a_reason_is_needed(app):
    hackathon = scored_hackathon("1")
    save(a_juror(hackathon), handed_in(hackathon), 4)
    with pytest.raises(Invalid) as refused:
        prepared(hackathon, reason="  ")
    assert refused.value.field == "reason"


def test_a_prize_that_counts_one_criterion_holds_it(app):
    hackathon = with_prizes("2", "1")
    with pytest.raises(Invalid, match="Preis der Neuheit"), transaction():
        remove_criterion(a_person("organiser"), criterion=criteria_of(hackathon)[1], revision=2)


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (lambda h: PrizeTerms("GESAMTWERTUNG"), "title"),
        (lambda h: PrizeTerms("Neu", places=0), "places"),
        (lambda h: PrizeTerms("Neu", places=11), "places"),
        (lambda h: PrizeTerms("Neu", challenge=a_challenge(a_hackathon())), "challenge"),
        (lambda h: PrizeTerms("Neu", weights={}), "criteria"),
        (lambda h: PrizeTerms("Neu", weights={criteria_of(scored_hackathon("1"))[0]: Decimal(1)}), "criteria"),
        (lambda h: PrizeTerms("Neu", weights={criteria_of(h)[0]: Decimal(0)}), "weight-"),
    ],
)  # fmt: skip
def test_prizes_have_limits(app, terms, field):
    hackathon = with_prizes("2", "1")
    given = terms(hackathon)
    with pytest.raises(Invalid) as refused, transaction():
        add_prize(a_person("organiser"), hackathon=hackathon, terms=given, revision=2)
    assert refused.value.field.startswith(field)


@pytest.mark.parametrize("template", ["four", "civic", "public_good"])
def test_every_template_has_a_sentence_for_every_level(app, template):
    hackathon = a_hackathon()
    with transaction():
        start_with_template(a_person("organiser"), hackathon=hackathon, template=template, revision=0)
    criteria = written(hackathon)["criteria"]
    assert len(criteria) == {"four": 4, "civic": 5, "public_good": 4}[template]
    for criterion in criteria:
        assert len(set(filter(None, criterion["levels"]))) == 6


def test_rules_of_another_hackathon_are_taken_over_whole(app):
    source, made = with_prizes("2", "1"), a_hackathon()
    a_challenge(made, title=prizes_of(source)[1].challenge.title)
    with transaction():
        set_jury_rules(a_person("organiser"), hackathon=source, terms=Terms(aggregate="median", shows_bands=True),
                       revision=2)  # fmt: skip
    with transaction():
        copy_jury_rules(made, rules_in_force(source))
    before, after = written(source), written(made)
    assert after["rules"] == before["rules"]
    assert [without_number(each) for each in after["criteria"]] == [without_number(each) for each in before["criteria"]]
    assert [prize["title"] for prize in after["prizes"]] == ["Gesamtwertung", "Preis der Neuheit"]
    assert after["prizes"][1]["criteria"] == [{"number": after["criteria"][1]["number"], "weight": "2.5"}]
    elsewhere = a_hackathon()
    with transaction():
        copy_jury_rules(elsewhere, rules_in_force(source))
    assert [prize["title"] for prize in written(elsewhere)["prizes"]] == ["Gesamtwertung"]  # no such challenge there


def without_number(criterion):
    return {name: value for name, value in criterion.items() if name != "number"}
