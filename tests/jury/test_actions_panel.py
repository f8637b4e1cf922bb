"""Cards, replacements, plans, reminders, profiles: what organisers and jurors do around the ballots."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from ideenlab.accounts.actions import start_sign_in
from ideenlab.accounts.models import Person, SignIn
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.actions import (
    accept_invitation,
    accept_plan,
    add_assignment,
    confirm_informed,
    edit_profile,
    hide_profile,
    invite_juror,
    is_code_of,
    leave_juries,
    print_card,
    print_cards,
    remind_jurors,
    renew_access,
    replace_juror,
    take_assignment,
)
from ideenlab.jury.models import Juror, JuryAssignment, JuryRules, Recusal
from ideenlab.jury.queries import (
    assignments_of,
    find_juror_by_invitation,
    find_seat,
    gaps_of,
    jurors_of,
    propose_plan,
    shown_jurors,
)
from ideenlab.mail.models import Mail
from ideenlab.pitches.models import Pitch
from tests.factories import a_person, saved
from tests.jury.test_races import at_once
from tests.jury.world import a_juror, close_scoring, handed_in, published, save, scored_hackathon, submitted

HOUR = timedelta(hours=1)


@pytest.fixture
def organiser(app):
    return a_person("organiser")


def planned(number=4, jurors=4, each=2):
    hackathon = scored_hackathon()
    with transaction():
        rules = db.session.get(JuryRules, hackathon.id)
        rules.panel, rules.ballots_each = "plan", each
    return hackathon, [handed_in(hackathon) for _ in range(number)], [a_juror(hackathon) for _ in range(jurors)]


def lines(hackathon):
    db.session.rollback()
    return {(each.prototype_id, each.juror_id) for each in assignments_of(hackathon)}


def take_over(organiser, hackathon):
    with transaction():
        accept_plan(organiser, hackathon=hackathon, mark=propose_plan(hackathon).mark)
    return lines(hackathon)


def refused(act, *args, error=NotAllowed, **values):
    with pytest.raises(error) as caught, transaction():
        act(*args, **values)
    return str(caught.value)


def test_a_card_signs_in_and_kills_what_was_before(app, organiser):
    hackathon = scored_hackathon()
    with transaction():
        juror, code = invite_juror(organiser, hackathon=hackathon, name="Jo", email="")
    assert (code, juror.person.email, juror.code_hash) == ("", None, None)
    assert "drucken Sie eine Karte" in refused(renew_access, organiser, juror=juror, error=Invalid)
    with transaction():
        first = print_card(organiser, juror=juror)
    assert find_juror_by_invitation(first.secret) == juror
    assert is_code_of(juror, secret=first.secret, code=first.code)
    with transaction():
        accept_invitation(juror, name="Jo")
        start_sign_in(juror.person, device="Telefon")
        second = print_card(organiser, juror=juror)
    assert find_juror_by_invitation(first.secret) is None
    assert is_code_of(juror, secret=second.secret, code=second.code)
    assert db.session.scalars(select(SignIn)).all() == []  # who found the old card is out
    with transaction():
        assert print_cards(organiser, hackathon=hackathon) == []  # who has come keeps what they have


def test_no_card_opens_an_account_that_belongs_to_somebody(app, organiser):
    hackathon = scored_hackathon()
    own = a_person(email="eigen@example.org", password_hash="x")
    guest = a_person(email="gast@example.org", is_guest=True)
    mod = a_person("moderator", email="mod@example.org")
    with transaction():
        invited = {
            email: invite_juror(organiser, hackathon=hackathon, name=email, email=email)[0]
            for email in (own.email, guest.email, mod.email, "neu@example.org")
        }
    for person in (own, guest, mod):
        assert "eigenes Konto" in refused(print_card, organiser, juror=invited[person.email])
    with transaction():
        assert [card.juror for card in print_cards(organiser, hackathon=hackathon)] == [invited["neu@example.org"]]
    told = db.session.scalars(select(Mail.subject).where(Mail.recipient == "neu@example.org").order_by(Mail.id)).all()
    assert "Eine Karte für Sie" in told[-1]


def test_a_replacement_takes_the_whole_list_and_the_first_one_counts_nowhere(app, organiser):
    hackathon, prototypes, jurors = planned()
    take_over(organiser, hackathon)
    leaving = jurors[0]
    mine = {prototype_id for prototype_id, juror_id in lines(hackathon) if juror_id == leaving.id}
    first = next(each for each in prototypes if each.id in mine)
    submitted(leaving, first, 4, 4, 4)
    with transaction():
        fresh, code = replace_juror(organiser, juror=leaving, name="Neu", email="neu@example.org")
    assert fresh.replaces_id == leaving.id
    assert len(code) == 9
    assert {p for p, j in lines(hackathon) if j == fresh.id} == mine
    assert leaving not in jurors_of(hackathon)
    assert {each.source for each in db.session.scalars(select(JuryAssignment))} == {"plan", "replacement"}
    assert find_seat(fresh.person, first).assigned
    assert find_seat(leaving.person, first).juror is None
    assert "gehört schon zur Jury" in refused(
        replace_juror, organiser, juror=jurors[1], name="Neu", email="neu@example.org", error=Invalid
    )
    close_scoring(hackathon)
    assert "beendet" in refused(replace_juror, organiser, juror=jurors[1], name="X", email="")


def test_a_plan_respects_conflicts_keeps_ballots_and_tells_whose_list_changed(app, organiser):
    hackathon, prototypes, jurors = planned()
    saved(Recusal(juror=jurors[0], team=prototypes[0].team, state="declared", kind="other", reason="x"))
    found = take_over(organiser, hackathon)
    assert sorted(p for p, _j in found) == sorted([each.id for each in prototypes] * 2)
    assert sorted(j for _p, j in found) == sorted([each.id for each in jurors] * 2)
    assert (prototypes[0].id, jurors[0].id) not in found
    assert len(db.session.scalars(select(Mail.id)).all()) == 4
    juror = jurors[1]
    scored = next(each for each in prototypes if (each.id, juror.id) in found)
    save(juror, scored, 4)
    extra = next(each for each in prototypes if (each.id, juror.id) not in found)
    with transaction():
        add_assignment(organiser, hackathon=hackathon, prototype=extra, juror=juror)
    again = take_over(organiser, hackathon)
    assert {(scored.id, juror.id), (extra.id, juror.id)} <= again
    with transaction():
        take_assignment(organiser, hackathon=hackathon, prototype=extra, juror=juror)
    assert "hat mit der Bewertung" in refused(
        take_assignment, organiser, hackathon=hackathon, prototype=scored, juror=juror, error=Invalid
    )
    for prototype, other, text in (
        (prototypes[0], jurors[0], "befangen"), (scored, juror, "schon"),
        (handed_in(scored_hackathon()), juror, "hier"),
    ):  # fmt: skip
        assert text in refused(
            add_assignment, organiser, hackathon=hackathon, prototype=prototype, juror=other, error=Invalid
        )


def test_a_plan_that_was_not_looked_at_is_not_taken_over(app, organiser):
    hackathon, prototypes, jurors = planned()
    mark = propose_plan(hackathon).mark
    saved(Recusal(juror=jurors[0], team=prototypes[0].team, state="blocked", kind="other", reason="x"))
    pair = sorted(propose_plan(hackathon).plan.pairs)
    assert (prototypes[0].id, jurors[0].id) not in pair
    saved(Pitch(hackathon=hackathon, prototype=prototypes[1], position=1, starts_at=now(), state="absent"))
    refused(accept_plan, organiser, hackathon=hackathon, mark=mark, error=Conflict)
    assert prototypes[1].id not in propose_plan(hackathon).prototypes
    assert lines(hackathon) == set()
    full = scored_hackathon()
    assert "nichts zu verteilen" in refused(accept_plan, organiser, hackathon=full, mark="")
    for person in (a_person(), a_person("moderator"), jurors[0].person):
        assert "vorbehalten" in refused(accept_plan, person, hackathon=hackathon, mark=mark)


def test_who_is_biased_leaves_a_gap_and_whoever_has_least_is_proposed(app, organiser):
    hackathon, prototypes, jurors = planned()
    found = take_over(organiser, hackathon)
    assert gaps_of(hackathon) == []
    prototype_id, juror_id = sorted(found)[0]
    prototype = next(each for each in prototypes if each.id == prototype_id)
    saved(Recusal(juror_id=juror_id, team=prototype.team, state="declared", kind="other", reason="x"))
    (gap,) = gaps_of(hackathon)
    assert (gap.prototype, gap.missing) == (prototype, 1)
    given = {j for p, j in found if p == prototype_id}
    assert {each.id for each in gap.candidates} == {each.id for each in jurors} - given
    with transaction():
        add_assignment(
            organiser, hackathon=hackathon, prototype=prototype, juror=gap.candidates[0], source="replacement"
        )
    assert gaps_of(hackathon) == []


def test_a_reminder_goes_only_to_whom_something_is_left_and_not_again_within_two_hours(app, organiser):
    hackathon = scored_hackathon()
    prototype = handed_in(hackathon)
    done, open_one = a_juror(hackathon), a_juror(hackathon)
    a_juror(hackathon, a_person("juror", email=None))
    submitted(done, prototype, 4, 4, 4)
    with transaction():
        assert remind_jurors(organiser, hackathon=hackathon) == [open_one]
    (mail,) = db.session.scalars(select(Mail)).all()
    assert mail.recipient == open_one.person.email
    assert "1 Bogen ist noch offen" in mail.subject
    assert "schon erinnert" in refused(remind_jurors, organiser, hackathon=hackathon)
    with transaction():
        open_one.reminded_at = now() - 2 * HOUR
        assert remind_jurors(organiser, hackathon=hackathon) == [open_one]
    submitted(open_one, prototype, 4, 4, 4)
    assert "Niemand mit einer E-Mail-Adresse" in refused(remind_jurors, organiser, hackathon=hackathon)
    published(hackathon)
    assert "Es gibt ein Ergebnis" in refused(remind_jurors, organiser, hackathon=hackathon)
    for person in (a_person(), a_person("moderator"), done.person):
        assert "vorbehalten" in refused(remind_jurors, person, hackathon=hackathon)


def test_two_who_remind_at_once_write_one_mail(app, organiser):
    hackathon = scored_hackathon()
    handed_in(hackathon)
    a_juror(hackathon)
    hackathon_id, organiser_id = hackathon.id, organiser.id
    db.session.rollback()

    def act(_mine):
        with transaction():
            try:
                return len(remind_jurors(db.session.get(Person, organiser_id),
                                         hackathon=db.session.get(Hackathon, hackathon_id)))  # fmt: skip
            except NotAllowed:
                return 0

    assert sorted(at_once(app, 3, act)) == [0, 0, 1]
    assert len(db.session.scalars(select(Mail.id)).all()) == 1


def test_a_juror_says_what_they_have_read_and_who_they_are(app):
    hackathon = scored_hackathon()
    juror = a_juror(hackathon, informed_at=None, confirmed_version=0)
    refused(confirm_informed, juror.person, hackathon=hackathon, version=2, error=Conflict)
    with transaction():
        confirm_informed(juror.person, hackathon=hackathon, version=1)
    assert (juror.informed_at is not None, juror.confirmed_version) == (True, 1)
    with transaction():
        edit_profile(juror.person, hackathon=hackathon, name="Jo", organisation="Amt", profile="Ich.", is_shown=True)
    assert shown_jurors(hackathon) == [juror]
    with transaction():
        hackathon.archived_at = now()
    refused(edit_profile, juror.person, hackathon=hackathon, name="X", organisation="", profile="", is_shown=True)
    with transaction():
        hide_profile(juror.person, hackathon=hackathon)
    assert shown_jurors(hackathon) == []
    with transaction():
        juror.is_shown = True
        leave_juries(juror.person)
    assert (juror.is_shown, juror.profile) == (False, "")
    for act, values in ((confirm_informed, {"version": 1}), (hide_profile, {})):
        assert "nicht zur Jury" in refused(act, a_person("juror"), hackathon=hackathon, **values)
    assert db.session.get(Juror, juror.id).removed_at is None
