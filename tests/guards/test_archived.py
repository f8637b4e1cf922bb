"""What is archived is read: no action of the rooms of a hackathon changes it, and each says why."""

import importlib
import inspect
from datetime import timedelta
from types import SimpleNamespace

import pytest

from ideenlab.accounts.models import Token
from ideenlab.assignments.models import Assignment, Seat
from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.core.errors import NotAllowed
from ideenlab.core.security import hash_secret
from ideenlab.files.actions import Content
from ideenlab.files.models import StoredFile
from ideenlab.hackathons.actions import Asked, Details, Item, Plan, Pupil, give_consents, guardian_purpose
from ideenlab.hackathons.models import (
    AgendaItem,
    Announcement,
    CheckInHelper,
    Question,
    RegistrationGroup,
)
from ideenlab.hackathons.queries import latest_guardian_consent
from ideenlab.prototypes.actions import DraftText
from ideenlab.prototypes.models import LatePermit, PrototypeFile, Screenshot
from ideenlab.teams.actions import NoticeText, TeamText
from ideenlab.teams.models import Approach, BoardNotice, TeamLink
from tests.factories import DAY, a_hackathon, a_person, a_prototype, a_registration, a_team, saved
from tests.guards.conftest import stored
from tests.mentors.world import a_help_request, a_mentor

STAYS_POSSIBLE = {
    "hackathons": {
        "copy_hackathon": "makes another one", "create_hackathon": "makes another one",
        "take_hackathons_along": "makes others",
        "forget_hackathons": "what is private goes in its time", "withdraw_consent": "photos, at any time",
    },
    "teams": {
        name: "the law does not wait" for name in ("hide_notice", "restore_notice", "hide_team_name",
                                                   "restore_team_name", "hide_team_text", "restore_team_text")
    } | {"forget_addresses": "what is private goes in its time"},
    "prototypes": {
        "hide_prototype": "the law does not wait", "restore_prototype": "the law does not wait",
        "forget_dissolved": "what nobody needs goes", "forget_screenshots_of_dissolved": "what nobody needs goes",
    },
}  # fmt: skip
# called by other actions, which have asked their own rule; or they only compute something
PARTS = {
    "hackathons": {
        "agreement_token", "ask_guardian", "confirm_agreement", "end_consents", "end_group", "end_registration",
        "ended_by", "extended_moments", "give_consents", "guardian_purpose", "leave_hackathons", "move_up",
        "on_copying", "read_agreement_token", "tell_offer",
    },
    "teams": {"admit", "leave_teams", "lock_team", "mark_handed_in", "new_team_code", "stop_looking"},
    "mentors": {"stop_mentoring"},
    "assignments": {"places_for"},
    "prototypes": {"add_imported_prototype", "check_upload", "cleaned"},
}  # fmt: skip


@pytest.fixture
def world(app):
    """Something of every kind that can be changed as long as it is not archived."""
    hackathon, organiser, teacher = a_hackathon(), a_person("organiser"), a_person()
    lead, member, child = a_person(), a_person(), a_person(age_band="16_17")
    team = a_team(hackathon, lead, member, child)
    guest, asking, invited = (a_registration(hackathon) for _number in range(3))
    states = {
        state: a_registration(hackathon, state=state, ticket_code=None, offered_until=now() + DAY)
        for state in ("requested", "waiting", "offered")
    }  # fmt: skip
    group = saved(RegistrationGroup(hackathon=hackathon, teacher=teacher, name="8b"))
    gone = saved(RegistrationGroup(hackathon=hackathon, teacher=teacher, name="9c", cancelled_at=now()))
    pupil = a_registration(hackathon, a_person(email=None), group=group)
    kid = a_registration(hackathon, a_person(age_band="16_17"), guardian_email="mutter@example.org")
    with transaction():
        give_consents(kid, ["guardian"], way="guardian")
    token = saved(
        Token(purpose=guardian_purpose(kid), person=kid.person, address="mutter@example.org",
              secret_hash=hash_secret("x", purpose="consent"), expires_at=now() + DAY)
    )  # fmt: skip
    times = {"starts_at": now(), "ends_at": now() + DAY}
    stored = {"media_type": "text/plain", "size": 1, "sha256": "0" * 64}
    prototype = a_prototype(team)
    planned = saved(Assignment(hackathon=hackathon, number=1, seed=1))
    answered = saved(Assignment(hackathon=hackathon, number=2, seed=1, sent_at=now(), answer_until=now() + DAY))
    waiting = {"assignment": answered, "table": 1, "team": team}
    mentor = a_mentor(hackathon)
    open_one, taken = a_help_request(team, lead), a_help_request(team, lead)
    with transaction():
        taken.state, taken.mentor, taken.taken_at = "taken", mentor, now()
    found = dict(
        hackathon=hackathon, organiser=organiser, teacher=teacher, lead=lead, member=member, team=team, guest=guest,
        asking=asking, group=group, gone=gone, pupil=pupil, kid=kid, token=token, mentor=mentor, open_one=open_one,
        taken=taken, prototype=prototype, planned=planned, answered=answered, invited=invited, **states,
        question=saved(Question(hackathon=hackathon, position=1, kind="text", text="Warum?")),
        line=saved(AgendaItem(hackathon=hackathon, title="Essen", **times)),
        news=saved(Announcement(hackathon=hackathon, title="Essen")),
        helper=saved(CheckInHelper(hackathon=hackathon, person=a_person())),
        asked=saved(Approach(team=team, kind="asked", person=asking.person, open_key="1")),
        offer=saved(Approach(team=team, kind="invited", person=invited.person, expires_at=now() + DAY, open_key="2")),
        notice=saved(BoardNotice(hackathon=hackathon, person=guest.person, text="Ich suche.", open_key="3")),
        link=saved(TeamLink(team=team, title="Chat", url="https://example.org/")),
        seat=saved(Seat(registration=guest, **waiting)), other_seat=saved(Seat(registration=asking, **waiting)),
        planned_seat=saved(Seat(assignment=planned, registration=guest, table=1)),
        permit=saved(LatePermit(team=team, until=now() + DAY, reason="Strom weg")),
        picture=saved(Screenshot(prototype=prototype, key="k", position=1)),
        file=saved(PrototypeFile(prototype=prototype, file=StoredFile(key="f", name="a.txt", **stored))),
    )  # fmt: skip
    with transaction():
        hackathon.archived_at = now()
    return SimpleNamespace(**found)


def rows_of_hackathons(w):
    about, by = {"hackathon": w.hackathon}, w.organiser
    item, asked = Item("Essen", now(), None), Asked("Warum?", "text")
    plan = Plan("Neu", w.hackathon.edition, "", "", "", "", 9, 2, 4, {})
    later = {"banner_until": None, "by_mail": False}
    yield "add_agenda_item", by, about | {"item": item}
    yield "edit_agenda_item", by, {"line": w.line, "item": item, "revision": 1}
    yield "remove_agenda_item", by, {"line": w.line}
    yield "announce", by, about | later | {"title": "Neu", "text": ""}
    yield "withdraw_announcement", by, {"announcement": w.news}
    yield "add_question", by, about | {"asked": asked}
    yield "edit_question", by, {"question": w.question, "asked": asked}
    yield "move_question", by, {"question": w.question, "up": True}
    yield "remove_question", by, {"question": w.question}
    yield "edit_hackathon", by, about | {"plan": plan, "revision": 1}
    yield "extend_deadline", by, about | {"revision": 1}
    yield "publish_hackathon", by, about
    yield "unpublish_hackathon", by, about


def rows_of_registrations(w):
    about, by = {"hackathon": w.hackathon}, w.organiser
    yield "approve_registration", by, {"registration": w.requested}
    yield "refuse_registration", by, {"registration": w.requested, "reason": "Nein"}
    yield "move_up_by_hand", by, {"registration": w.waiting}
    yield "cancel_for", by, {"registration": w.guest}
    yield "note_absence", by, {"registration": w.guest, "absent": True}
    yield "check_in_by_code", by, about | {"code": w.guest.ticket_code}
    yield "check_in_participant", by, {"registration": w.guest}
    yield "take_back_check_in", by, {"registration": w.guest}
    yield "walk_in", by, about | {"pseudonym": "Neu", "age_band": "adult", "papers": ["conduct"]}
    yield "name_helper", by, about | {"person": a_person()}
    yield "end_helper", by, {"helper": w.helper}
    yield "record_paper_consents", by, {"registration": w.guest, "kinds": ["conduct"]}
    yield "print_card", by, {"registration": w.pupil}
    yield "print_cards", w.teacher, {"group": w.group}
    yield "approve_group", by, {"group": w.group}
    yield "refuse_group", by, {"group": w.group, "reason": "Nein"}
    yield "register_group", w.teacher, about | {"name": "7a", "pupils": [Pupil("Neu", "adult")]}
    yield "register_group_again", w.teacher, {"group": w.gone}
    yield "register_for_hackathon", a_person(), about | {"consents": ["conduct"]}
    yield "edit_registration", w.guest.person, {"registration": w.guest, "details": Details()}
    yield "confirm_place", w.offered.person, about
    yield "cancel_registration", w.guest.person, about
    yield "give_consent", w.guest.person, {"registration": w.guest, "kind": "photo_press"}
    yield "ask_guardian_again", w.kid.person, {"registration": w.kid}
    yield "agree_for_child", w.token, {"registration": w.kid, "photos": []}
    yield "agree_again", latest_guardian_consent(w.kid), {"kind": "guardian"}
    yield "withdraw_as_guardian", latest_guardian_consent(w.kid), {"kind": "guardian"}


def rows_of_teams(w):
    about, team, by = {"hackathon": w.hackathon}, {"team": w.team}, w.lead
    yield "found_team", w.guest.person, about | {"name": "Neu"}
    yield "join_team", w.guest.person, about | {"code": w.team.code}
    yield "leave_team", w.member, team
    yield "cancel_group", w.teacher, {"group": w.group}
    yield "rename_team", by, team | {"name": "Neu"}
    yield "renew_code", by, team
    yield "edit_team", by, team | {"text": TeamText("Neu", None), "revision": 1}
    yield "describe_myself", by, team | {"role": "Löten", "shown_name": ""}
    yield "add_link", by, team | {"title": "Neu", "url": "https://example.org/neu"}
    yield "remove_link", by, {"link": w.link}
    yield "hand_over_lead", by, team | {"to": w.member}
    yield "remove_member", by, team | {"member": w.member, "reason": "Kommt nicht mehr."}
    yield "dissolve_team", by, team
    yield "ask_to_join", w.guest.person, team | {"sentence": "", "role": ""}
    yield "accept_request", by, {"approach": w.asked}
    yield "decline_request", by, {"approach": w.asked}
    yield "withdraw_approach", w.asking.person, {"approach": w.asked}
    yield "invite_person", by, team | {"person": w.guest.person, "sentence": ""}
    yield "invite_address", by, team | {"email": "neu@example.org", "sentence": ""}
    yield "accept_invitation", w.invited.person, {"approach": w.offer}
    yield "decline_invitation", w.invited.person, {"approach": w.offer}
    yield "write_notice", w.guest.person, about | {"text": NoticeText("Neu"), "revision": 1}
    yield "close_notice", w.guest.person, {"notice": w.notice}


def rows_of_mentors(w):
    helps = w.mentor.person
    yield "name_mentor", w.organiser, {"hackathon": w.hackathon, "person": a_person(), "expertise": ""}
    yield "end_mentor", w.organiser, {"mentor": w.mentor}
    yield "ask_for_help", w.lead, {"team": w.team, "text": "Hilfe", "place": ""}
    yield "take_help_request", helps, {"request": w.open_one}
    yield "give_back_help_request", helps, {"request": w.taken}
    yield "finish_help_request", helps, {"request": w.taken}
    yield "withdraw_help_request", w.lead, {"request": w.open_one}


def rows_of_assignments(w):
    about = {"hackathon": w.hackathon}
    yield "save_wishes", w.guest.person, about | {"challenges": [], "friends": []}
    yield "make_proposal", w.organiser, about | {"seed": 1}
    yield "move_seat", w.organiser, {"seat": w.planned_seat, "place": "new", "seen": 1}
    yield "send_proposal", w.organiser, {"assignment": w.planned, "until": now() + timedelta(hours=1)}
    yield "put_aside", w.organiser, {"assignment": w.answered}
    yield "accept_seat", w.guest.person, {"seat": w.seat}
    yield "decline_seat", w.guest.person, {"seat": w.seat}
    yield "object_to_seat", w.lead, {"seat": w.other_seat}


def rows_of_prototypes(w):
    team, by = {"team": w.team}, w.lead
    content = Content("g", "b.txt", "text/plain", 1, "0" * 64)
    yield "save_draft", by, team | {"text": DraftText("Neu"), "revision": 1}
    yield "hand_in", by, team | {"revision": 1}
    yield "add_file", by, team | {"content": content}
    yield "remove_file", by, {"attached": w.file}
    yield "begin_upload", by, team | {"name": "b.txt", "size": 1}
    yield "add_piece", by, {"upload": w.file, "piece": b"x", "offset": 0}
    yield "finish_upload", by, {"upload": w.file, "content": content}
    yield "add_screenshot", by, team | {"drawn": [], "alt": "Neu", "decorative": False}
    yield "describe_screenshot", by, {"screenshot": w.picture, "alt": "Neu", "decorative": False}
    yield "move_screenshot_forward", by, {"screenshot": w.picture}
    yield "remove_screenshot", by, {"screenshot": w.picture}
    yield "give_late_permit", w.organiser, team | {"until": now() + DAY, "reason": "Strom weg"}
    yield "end_late_permit", w.organiser, {"permit": w.permit}
    yield "open_gallery", w.organiser, {"hackathon": w.hackathon}
    yield "close_gallery", w.organiser, {"hackathon": w.hackathon}
    yield "order_gallery", w.organiser, {"hackathon": w.hackathon, "places": {}, "seen": []}


ROWS = {
    "hackathons": lambda w: [*rows_of_hackathons(w), *rows_of_registrations(w)],
    "teams": rows_of_teams, "mentors": rows_of_mentors,
    "assignments": rows_of_assignments, "prototypes": rows_of_prototypes,
}  # fmt: skip


def test_every_action_refuses_what_is_archived_and_says_so(world):
    rows = [(room, *row) for room, rows in ROWS.items() for row in rows(world)]
    before, others = stored(), {}
    for room, name, who, values in rows:
        try:
            with transaction():
                getattr(importlib.import_module(f"ideenlab.{room}.actions"), name)(who, **values)
        except NotAllowed as refused:
            if "archiviert" not in str(refused):
                others[room, name] = str(refused)
        except Exception as fault:
            others[room, name] = repr(fault)
        else:
            others[room, name] = "done"
    assert others == {}
    assert stored() == before


@pytest.mark.parametrize("room", ROWS)
def test_no_action_is_missing_in_the_table(room, world):
    module = importlib.import_module(f"ideenlab.{room}.actions")
    there = {
        name for name, thing in vars(module).items()
        if inspect.isfunction(thing) and not name.startswith("_") and thing.__module__.startswith(module.__name__)
    }  # fmt: skip
    named = [name for name, _who, _values in ROWS[room](world)]
    assert there == {*named, *STAYS_POSSIBLE.get(room, ()), *PARTS[room]}
