"""An archived hackathon: every rule about writing refuses, with the same reason."""

from datetime import timedelta
from itertools import count

from ideenlab.archives.rules import may_archive, may_get_certificate, may_reopen, may_write_note
from ideenlab.challenges import rules as challenges
from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.hackathons import rules as hackathons
from ideenlab.hackathons.models import Question
from ideenlab.hackathons.rules.registering import may_register_group, may_remove_question
from ideenlab.jury import rules as jury
from ideenlab.jury.queries import figures_of
from ideenlab.mentors import rules as mentors
from ideenlab.prototypes import rules as prototypes
from ideenlab.teams import rules as teams
from tests.factories import DAY, a_challenge, a_hackathon, a_person, a_prototype, a_registration, a_team, saved
from tests.jury.world import a_juror, handed_in, scored_hackathon

_numbers = count(1)


def writing_rules(hackathon, at):
    """Every rule about writing in a hackathon, as it stands for somebody who might otherwise."""
    organiser, member, alone, stranger = a_person("organiser"), a_person(), a_person(), a_person()
    prototype = handed_in(hackathon, member)
    team, juror = prototype.team, a_juror(hackathon)
    registration, waiting = a_registration(hackathon, alone), a_registration(hackathon, state="waiting")
    draft = a_challenge(hackathon, published_at=None, summary="Kurz", description="Lang")
    question = saved(Question(hackathon=hackathon, position=next(_numbers), kind="text", text="Woher?"))
    return {
        "hackathons.edit": hackathons.may_change_hackathon(organiser, hackathon),
        "hackathons.agenda": hackathons.may_change_agenda(organiser, hackathon),
        "hackathons.announce": hackathons.may_announce(organiser, hackathon),
        "hackathons.extend": hackathons.may_extend_deadline(organiser, hackathon, 15, at),
        "hackathons.question": may_remove_question(organiser, question),
        "registration.register": hackathons.may_register(stranger, hackathon, at),
        "registration.group": may_register_group(stranger, hackathon, at),
        "registration.cancel": hackathons.may_cancel_registration(alone, hackathon, at),
        "registration.edit": hackathons.may_edit_registration(alone, registration, at),
        "registration.consent": hackathons.may_give_consent(alone, registration, "photo_press", at),
        "registration.decide": hackathons.may_decide_registration(organiser, waiting, "move_up", at),
        "registration.absent": hackathons.may_decide_registration(organiser, registration, "no_show", at),
        "registration.check_in": hackathons.may_come_in(registration),
        "challenges.manage": challenges.may_manage_challenges(organiser, hackathon),
        "challenges.publish": challenges.may_publish_challenge(organiser, draft),
        "challenges.remove": challenges.may_remove_challenge(organiser, draft),
        "teams.found": teams.may_found_team(alone, hackathon, at),
        "teams.join": teams.may_join_team(alone, team, at),
        "teams.ask": teams.may_ask_to_join(alone, team, at),
        "teams.invite": teams.may_invite(member, team, at),
        "teams.edit": teams.may_edit_team(member, team, at),
        "teams.rename": teams.may_rename_team(member, team, at),
        "teams.notice": teams.may_write_notice(alone, hackathon, None, at),
        "teams.lead": teams.may_hand_over_lead(organiser, team, at),
        "teams.links": teams.may_add_link(member, team, at),
        "mentors.name": mentors.may_name_mentor(organiser, stranger, hackathon),
        "mentors.ask": mentors.may_ask_for_help(member, team, at),
        "prototypes.hand_in": prototypes.may_hand_in(member, team, at),
        "prototypes.late": prototypes.may_give_late_permit(organiser, hackathon),
        "prototypes.change": prototypes.may_change_prototype(member, team, at),
        "jury.score": jury.may_score(juror.person, prototype, at),
        "jury.rules": jury.may_set_rules(organiser, hackathon),
        "jury.invite": jury.may_invite_juror(organiser, hackathon, at),
        "jury.publish": jury.may_publish(organiser, hackathon, figures_of(hackathon), at),
        "jury.import": jury.may_import_ballots(hackathon),
    }


def everything_open():
    hackathon = scored_hackathon(submission_until=now() + DAY)
    with transaction():
        for name in ("registration", "teams", "scoring"):
            setattr(hackathon, f"{name}_until", now() + 2 * DAY)
        hackathon.scoring_from = None
        hackathon.ends_at = now() + 3 * DAY
    return hackathon


NEVER_AT_ONCE = {"jury.score", "jury.publish"}  # while teams still work


def test_every_rule_of_writing_refuses_what_is_archived_and_says_since_when(app):
    hackathon = everything_open()
    before = writing_rules(hackathon, now())
    assert {name for name, verdict in before.items() if not verdict} <= NEVER_AT_ONCE, before
    with transaction():
        hackathon.archived_at = now() - timedelta(hours=1)
    after = writing_rules(hackathon, now())
    wrong = {name: verdict.reason for name, verdict in after.items() if "archiviert" not in verdict.reason}
    assert wrong == {}


def test_photos_can_be_taken_back_also_in_the_archive(app):
    hackathon = a_hackathon(archived_at=now())
    registration = a_registration(hackathon)
    assert hackathons.may_withdraw_consent(registration.person, registration, "photo_press")


def test_archived_is_what_is_over_and_only_administrators_open_it_again(app):
    organiser, administrator = a_person("organiser"), a_person("administrator")
    table = [
        (organiser, {"ends_at": now() + DAY}, False),
        (organiser, {"starts_at": now() - 2 * DAY, "ends_at": now() - DAY}, True),
        (organiser, {"starts_at": now() - 2 * DAY, "ends_at": now() - DAY, "publication_from": now() + DAY}, False),
        (organiser, {"starts_at": now() - 2 * DAY, "ends_at": now() - DAY, "archived_at": now()}, False),
        (a_person(), {"starts_at": now() - 2 * DAY, "ends_at": now() - DAY}, False),
    ]
    for person, values, allowed in table:
        assert bool(may_archive(person, a_hackathon(**values), now())) is allowed, values
    rehearsal = a_hackathon(starts_at=now() - 2 * DAY, ends_at=now() - DAY, rehearsal_of_id=a_hackathon().id)
    assert not may_archive(organiser, rehearsal, now())
    archived = a_hackathon(archived_at=now())
    assert (bool(may_reopen(organiser, archived)), bool(may_reopen(administrator, archived))) == (False, True)
    assert not may_reopen(administrator, a_hackathon())


def test_a_certificate_is_for_who_was_let_in_and_where_nobody_was_for_who_had_a_place(app):
    over = {"starts_at": now() - 2 * DAY, "ends_at": now() - DAY}
    open_door, with_door = a_hackathon(**over), a_hackathon(**over)
    registered = a_registration(open_door)
    here, elsewhere = a_registration(with_door, checked_in_at=now() - DAY), a_registration(with_door)
    cancelled, absent = a_registration(open_door, state="cancelled"), a_registration(open_door, no_show_at=now())
    table = [(registered, True), (here, True), (elsewhere, False), (cancelled, False), (absent, False)]
    for registration, allowed in table:
        assert bool(may_get_certificate(registration.person, registration.hackathon, now())) is allowed
    assert not may_get_certificate(registered.person, open_door, now() - 2 * DAY)


def test_what_became_of_it_is_written_by_the_team_and_organisers_from_half_a_year_on(app):
    member, organiser, stranger = a_person(), a_person("organiser"), a_person()
    hackathon = a_hackathon(starts_at=now() - 300 * DAY, ends_at=now() - 299 * DAY, archived_at=now())
    prototype = handed_in(hackathon, member)
    found = [bool(may_write_note(who, prototype, 6, now())) for who in (member, organiser, stranger)]
    assert found == [True, True, False]
    assert not may_write_note(member, prototype, 12, now())
    idle = a_team(hackathon, stranger)
    assert not may_write_note(stranger, a_prototype(idle), 6, now())
