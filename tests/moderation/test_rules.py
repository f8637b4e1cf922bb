"""Role × state × own or other, with the sentence."""

from datetime import timedelta

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.moderation import rules
from ideenlab.moderation.models import Appeal, Case, Measure
from ideenlab.moderation.queries import get_thing
from tests.factories import a_comment, a_person, an_idea, saved

ROLES = ("citizen", "juror", "moderator", "organiser", "administrator")
STAFF = ("moderator", "organiser", "administrator")
OWN = "Niemand entscheidet über eigene Beiträge."
ONLY_STAFF = "Das macht nur die Moderation."


def somebody(role):
    return a_person(*([] if role == "citizen" else [role]))


@pytest.fixture(autouse=True)
def only_thought(app):
    with db.session.no_autoflush:
        yield


POSSIBLE = {
    "published": {"hidden", "change_asked", "locked"},
    "waiting": {"refused", "released", "change_asked", "locked"},
    "hidden": {"restored", "locked"},
    "withdrawn": {"locked"},
    "merged": {"locked"},
    "draft": {"locked"},
}


@pytest.mark.parametrize("state", POSSIBLE)
@pytest.mark.parametrize("role", ROLES)
def test_what_can_be_done_about_an_idea(app, role, state):
    idea = an_idea(state=state)
    thing = get_thing("idee", idea.id)
    assert set(rules.measures_for(somebody(role), thing)) == (POSSIBLE[state] if role in STAFF else set())


@pytest.mark.parametrize(
    ("state", "expected"),
    [("visible", {"hidden"}), ("waiting", {"refused", "released"}), ("hidden", {"restored"}), ("withdrawn", set())],
)
@pytest.mark.parametrize("role", ROLES)
def test_what_can_be_done_about_a_comment(app, role, state, expected):
    comment = a_comment(an_idea(), state=state)
    thing = get_thing("kommentar", comment.id)
    assert set(rules.measures_for(somebody(role), thing)) == (expected if role in STAFF else set())


@pytest.mark.parametrize(("kind", "state", "why"), [
    ("hidden", "published", OWN), ("refused", "waiting", OWN), ("released", "waiting", OWN),
    ("restored", "hidden", OWN), ("change_asked", "published", OWN),
])  # fmt: skip
def test_nobody_decides_about_their_own_idea(app, kind, state, why):
    author = a_person("moderator")
    idea = an_idea(author=author, state=state)
    assert rules.may_take_measure(author, get_thing("idee", idea.id), kind).reason == why


def test_an_idea_without_an_account_behind_it_cannot_be_sent_back(app):
    idea, moderator = an_idea(), a_person("moderator")
    with transaction():
        idea.author_id = None
    said = rules.may_take_measure(moderator, get_thing("idee", idea.id), "change_asked").reason
    assert said == "Niemand kann diese Idee ändern: Zu ihr gehört kein Konto."


@pytest.mark.parametrize(("state", "may"), [
    ("published", True), ("withdrawn", True), ("merged", True), ("hidden", False), ("waiting", False), ("draft", False),
])  # fmt: skip
@pytest.mark.parametrize("role", [None, *ROLES])
def test_who_may_report_an_idea(app, role, state, may):
    thing = get_thing("idee", an_idea(state=state).id)
    assert bool(rules.may_report(role and somebody(role), thing)) == may


@pytest.mark.parametrize(
    ("state", "may"), [("visible", True), ("hidden", False), ("waiting", False), ("withdrawn", False)]
)
def test_who_may_report_a_comment(app, state, may):
    thing = get_thing("kommentar", a_comment(an_idea(), state=state).id)
    assert bool(rules.may_report(None, thing)) == may
    hidden = get_thing("kommentar", a_comment(an_idea(state="hidden"), state=state).id)
    assert not rules.may_report(None, hidden), "nobody learns of what is below a hidden idea"


@pytest.mark.parametrize("role", ROLES)
def test_who_warns_and_suspends(app, role):
    actor, citizen, at = somebody(role), a_person(), now()
    may = role in STAFF
    assert (bool(rules.may_warn(actor, citizen)), bool(rules.may_suspend(actor, citizen, at))) == (may, may)
    assert bool(rules.may_end_suspension(actor, citizen, at)) is False


@pytest.mark.parametrize("role", STAFF)
def test_nobody_suspends_staff_or_themselves(app, role):
    actor, at = somebody(role), now()
    for other in STAFF:
        said = rules.may_suspend(actor, somebody(other), at).reason
        assert said.startswith("Wer moderiert, organisiert oder administriert, kann nicht gesperrt werden.")
    assert rules.may_suspend(actor, actor, at).reason == "Niemand verwarnt oder sperrt sich selbst."
    actor.suspended_until = at + timedelta(days=1)
    assert rules.may_end_suspension(actor, actor, at).reason == "Niemand entscheidet über die eigene Sperre."


def test_a_person_is_suspended_once(app):
    at = now()
    person = a_person(suspended_until=at + timedelta(days=1), suspended_reason="Beleidigungen")
    moderator = a_person("moderator")
    assert rules.may_suspend(moderator, person, at).reason.startswith("Diese Person ist schon gesperrt, bis ")
    assert rules.may_end_suspension(moderator, person, at)
    assert (
        rules.may_end_suspension(moderator, person, at + timedelta(days=1)).reason == "Diese Person ist nicht gesperrt."
    )


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("own", [True, False])
def test_who_decides_a_case(app, role, own):
    person = somebody(role)
    idea = an_idea(author=person if own else None)
    case = saved(Case(thing="ideas", thing_id=idea.id, origin="report", reason="spam", due_at=now()))
    expected = "" if not own else OWN
    said = rules.may_decide_case(person, case, get_thing("idee", idea.id)).reason
    assert said == (expected if role in STAFF else ONLY_STAFF)


def a_measure(by, person, kind="hidden", **values):
    idea = an_idea(author=person, state="hidden")
    return saved(
        Measure(kind=kind, thing="ideas", thing_id=idea.id, person=person, by=by, reason="Beleidigung", **values)
    )


def test_who_may_appeal(app):
    author, moderator, at = a_person(), a_person("moderator"), now()
    measure = a_measure(moderator, author)
    assert rules.may_appeal(author, measure, at)
    for other in (moderator, a_person(), a_person("administrator")):
        assert (
            rules.may_appeal(other, measure, at).reason == "Einspruch kann nur einlegen, wen die Entscheidung betrifft."
        )
    late = at + timedelta(days=184)
    assert rules.may_appeal(author, measure, late).reason.startswith("Sie konnten bis ")
    restored = a_measure(moderator, author, kind="restored")
    assert rules.may_appeal(author, restored, at).reason.startswith("Gegen diese Entscheidung gibt es nichts")


def test_against_what_no_longer_holds_nobody_appeals(app):
    author, moderator = a_person(), a_person("moderator")
    first = a_measure(moderator, author)
    saved(Measure(kind="restored", thing="ideas", thing_id=first.thing_id, person=author, by=moderator))
    assert rules.may_appeal(author, first, now()).reason == "Diese Entscheidung gilt nicht mehr."


def an_appeal(measure, **values):
    return saved(Appeal(measure=measure, text="Das stimmt nicht.", due_at=now(), **values))


SELF = "Diese Maßnahme haben Sie selbst getroffen. Über den Einspruch entscheidet jemand anderes aus der Moderation."
ALONE = "Sonst kann niemand entscheiden. Bitte bestätigen Sie, dass Sie über Ihre eigene Maßnahme entscheiden."


def test_somebody_else_decides_an_appeal(app):
    decider, other = a_person("moderator"), a_person("organiser")
    appeal = an_appeal(a_measure(decider, a_person()))
    assert rules.may_decide_appeal(decider, appeal, knows_to_be_alone=True).reason == SELF
    assert rules.may_decide_appeal(other, appeal)
    assert rules.may_decide_appeal(a_person("juror"), appeal).reason == ONLY_STAFF


def test_one_person_alone_decides_after_a_warning(app):
    decider = a_person("moderator")
    a_person("moderator", state="closed")
    appeal = an_appeal(a_measure(decider, a_person()))
    assert rules.may_decide_appeal(decider, appeal).reason == ALONE
    assert rules.may_decide_appeal(decider, appeal, knows_to_be_alone=True)


def test_the_author_is_nobody_else(app):
    """Two moderators, one of whom wrote the idea: the other may decide alone."""
    decider, author = a_person("moderator"), a_person("moderator")
    appeal = an_appeal(a_measure(decider, author))
    assert rules.may_decide_appeal(author, appeal).reason == "Niemand entscheidet über den eigenen Einspruch."
    assert rules.may_decide_appeal(decider, appeal).reason == ALONE
