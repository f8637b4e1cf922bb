"""Role × phase × state, with the sentence the person reads."""

from datetime import UTC, datetime

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.ideas import rules
from tests.factories import a_call, a_person, an_idea

BEFORE = datetime(2027, 1, 10, 12, tzinfo=UTC)
FROM = datetime(2027, 2, 1, 8, tzinfo=UTC)
WITHIN = datetime(2027, 2, 10, 12, tzinfo=UTC)
UNTIL = datetime(2027, 3, 1, 17, tzinfo=UTC)
AFTER = datetime(2027, 3, 10, 12, tzinfo=UTC)

IDEAS_FROM = "Ideen können Sie ab Mo., 1. Februar 2027, 09:00 Uhr einreichen."
IDEAS_UNTIL = "Ideen konnten bis Mo., 1. März 2027, 18:00 Uhr eingereicht werden."
NO_IDEAS = "In diesem Ideenaufruf können keine Ideen eingereicht werden."
COMMENTS_FROM = "Kommentare können Sie ab Mo., 1. Februar 2027, 09:00 Uhr schreiben."
COMMENTS_UNTIL = "Kommentare waren bis Mo., 1. März 2027, 18:00 Uhr möglich."
NO_COMMENTS = "In diesem Ideenaufruf gibt es keine Diskussion."
SUPPORT_FROM = "Ideen können Sie ab Mo., 1. Februar 2027, 09:00 Uhr unterstützen."
SUPPORT_UNTIL = "Ideen konnten bis Mo., 1. März 2027, 18:00 Uhr unterstützt werden."
NO_SUPPORT = "In diesem Ideenaufruf werden keine Ideen unterstützt."

DRAFT = "Diese Idee ist noch ein Entwurf."
WITHDRAWN = "Diese Idee wurde zurückgezogen."
HIDDEN = "Diese Idee ist von der Moderation ausgeblendet."
UNSEEN = "Diese Idee ist nicht zu sehen."
NO_DRAFT = "Diese Idee ist kein Entwurf mehr."
ROLES = ("visitor", "author", "citizen", "juror", "moderator", "organiser", "administrator")
STATES = ("draft", "published", "withdrawn", "hidden")


@pytest.fixture(autouse=True)
def only_thought(app):
    """The states below are tried on the idea in memory, not stored."""
    with db.session.no_autoflush:
        yield


def a_dated_call(phase):
    return a_call(open_phases=(), **{f"{phase}_from": FROM, f"{phase}_until": UNTIL})


def somebody(role, author):
    if role == "visitor":
        return None
    return author if role == "author" else a_person(*([] if role == "citizen" else [role]))


@pytest.mark.parametrize(
    ("phase", "rule", "before", "over", "never"),
    [
        ("collect", rules.open_for_ideas, IDEAS_FROM, IDEAS_UNTIL, NO_IDEAS),
        ("discuss", rules.open_for_comments, COMMENTS_FROM, COMMENTS_UNTIL, NO_COMMENTS),
        ("support", rules.open_for_support, SUPPORT_FROM, SUPPORT_UNTIL, NO_SUPPORT),
    ],
)
def test_a_phase_says_its_dates(app, phase, rule, before, over, never):
    call, without = a_dated_call(phase), a_call(**{f"{phase}_from": None, f"{phase}_until": None})
    endless = a_call(**{f"{phase}_from": FROM, f"{phase}_until": None})
    with app.test_request_context():
        assert [rule(call, at).reason for at in (BEFORE, FROM, WITHIN, UNTIL, AFTER)] == [before, "", "", over, over]
        assert rule(without, WITHIN).reason == never
        assert rule(endless, AFTER).reason == ""


PHASED = [
    (rules.may_comment, "discuss", COMMENTS_FROM, COMMENTS_UNTIL),
    (rules.may_support, "support", SUPPORT_FROM, SUPPORT_UNTIL),
    (rules.may_undo_support, "support", SUPPORT_FROM, SUPPORT_UNTIL),
]


@pytest.mark.parametrize(("rule", "phase", "before", "over"), PHASED)
@pytest.mark.parametrize("role", ROLES[1:])
def test_comment_and_support_depend_on_phase_and_state_not_on_role(app, rule, phase, before, over, role):
    author = a_person()
    idea = an_idea(a_dated_call(phase), author)
    person = somebody(role, author)
    with app.test_request_context():
        assert [rule(person, idea, at).reason for at in (BEFORE, WITHIN, AFTER)] == [before, "", over]
        said = {}
        for idea.state in STATES:
            said[idea.state] = rule(person, idea, WITHIN).reason
    assert said == {"draft": DRAFT, "published": "", "withdrawn": WITHDRAWN, "hidden": HIDDEN}


@pytest.mark.parametrize("role", ROLES[1:])
def test_everybody_may_give_an_idea_while_ideas_are_collected(app, role):
    call = a_dated_call("collect")
    person = somebody(role, a_person())
    with app.test_request_context():
        said = [rules.may_give_idea(person, call, at).reason for at in (BEFORE, WITHIN, AFTER)]
    assert said == [IDEAS_FROM, "", IDEAS_UNTIL]


SEES = {
    "visitor": {"published", "withdrawn"},
    "author": set(STATES),
    "citizen": {"published", "withdrawn"},
    "juror": {"published", "withdrawn"},
    "moderator": {"published", "withdrawn", "hidden"},
    "organiser": {"published", "withdrawn", "hidden"},
    "administrator": {"published", "withdrawn", "hidden"},
}
READS = {role: seen - {"withdrawn"} if role in ("visitor", "citizen", "juror") else seen for role, seen in SEES.items()}


@pytest.mark.parametrize("role", ROLES)
def test_who_sees_and_reads_an_idea(app, role):
    author = a_person()
    idea = an_idea(author=author)
    person = somebody(role, author)
    with app.test_request_context():
        sees, reads = {}, {}
        for idea.state in STATES:
            sees[idea.state] = rules.may_see_idea(person, idea).reason
            reads[idea.state] = rules.may_read_text(person, idea).reason
    assert sees == {state: "" if state in SEES[role] else UNSEEN for state in STATES}
    withdrawn = "Wer diese Idee eingereicht hat, hat sie zurückgezogen."
    assert reads == {
        state: "" if state in READS[role] else withdrawn if state in SEES[role] else UNSEEN for state in STATES
    }


def said_of(rule, idea, *arguments):
    said = {}
    for idea.state in STATES:
        said[idea.state] = rule(*arguments).reason
    return said


@pytest.mark.parametrize("role", ROLES[2:])
def test_only_the_author_edits_publishes_withdraws_and_discards(app, role):
    idea = an_idea()
    person = somebody(role, None)
    with app.test_request_context():
        assert set(said_of(rules.may_edit_idea, idea, person, idea, now()).values()) == {
            "Nur wer eine Idee eingereicht hat, kann sie ändern."
        }
        assert set(said_of(rules.may_publish_idea, idea, person, idea, now()).values()) == {
            "Nur wer einen Entwurf geschrieben hat, kann ihn veröffentlichen."
        }
        assert set(said_of(rules.may_withdraw_idea, idea, person, idea).values()) == {
            "Nur wer eine Idee eingereicht hat, kann sie zurückziehen."
        }
        assert set(said_of(rules.may_discard_draft, idea, person, idea).values()) == {
            "Nur wer einen Entwurf geschrieben hat, kann ihn löschen."
        }


@pytest.mark.parametrize(("at", "closed"), [(BEFORE, IDEAS_FROM), (WITHIN, ""), (AFTER, IDEAS_UNTIL)])
def test_what_an_author_may_do_by_phase_and_state(app, at, closed):
    author = a_person()
    idea = an_idea(a_dated_call("collect"), author)
    gone = {"withdrawn": WITHDRAWN, "hidden": HIDDEN}
    no_draft = {"published": NO_DRAFT, "withdrawn": NO_DRAFT, "hidden": NO_DRAFT}
    with app.test_request_context():
        edit = said_of(rules.may_edit_idea, idea, author, idea, at)
        publish = said_of(rules.may_publish_idea, idea, author, idea, at)
        withdraw = said_of(rules.may_withdraw_idea, idea, author, idea)
        discard = said_of(rules.may_discard_draft, idea, author, idea)
    assert edit == {"draft": "", "published": closed, **gone}
    assert publish == {"draft": closed, **no_draft}
    assert withdraw == {"draft": DRAFT, "published": "", **gone}
    assert discard == {"draft": "", **no_draft}


@pytest.mark.parametrize("role", ROLES[1:])
def test_who_hides_and_shows_again(app, role):
    author = a_person()
    idea = an_idea(author=author)
    person = somebody(role, author)
    with app.test_request_context():
        hide = said_of(rules.may_hide_idea, idea, person, idea)
        restore = said_of(rules.may_restore_idea, idea, person, idea)
    if role in ("moderator", "organiser", "administrator"):
        assert hide == {"draft": DRAFT, "published": "", "withdrawn": WITHDRAWN, "hidden": HIDDEN}
        shown = "Diese Idee ist nicht ausgeblendet."
        assert restore == {"draft": shown, "published": shown, "withdrawn": shown, "hidden": ""}
    else:
        assert set(hide.values()) == {"Nur die Moderation kann Ideen ausblenden."}
        assert set(restore.values()) == {"Nur die Moderation kann Ideen wieder zeigen."}


@pytest.mark.parametrize("role", ROLES[1:])
def test_who_changes_calls(app, role):
    allowed = role in ("organiser", "administrator")
    with app.test_request_context():
        said = rules.may_manage_calls(somebody(role, a_person())).reason
    assert said == ("" if allowed else "Nur die Organisation kann Ideenaufrufe ändern.")


@pytest.mark.parametrize(
    ("role", "may"), [("", False), ("juror", False), ("moderator", True), ("organiser", True), ("administrator", True)]
)
def test_who_may_judge_duplicates(app, role, may):
    assert bool(rules.may_judge_duplicates(a_person(*[role] if role else []))) is may
