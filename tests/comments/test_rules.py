import pytest

from ideenlab.comments.rules import may_answer, may_hide_comment, may_restore_comment, may_withdraw_comment
from tests.factories import a_comment, a_person, an_idea

GONE = "Dieser Kommentar ist nicht mehr zu sehen."
NOT_MINE = "Nur wer einen Kommentar geschrieben hat, kann ihn zurückziehen."
NOT_HIDE = "Nur die Moderation kann Kommentare ausblenden."
NOT_SHOW = "Nur die Moderation kann Kommentare wieder zeigen."
NOT_HIDDEN = "Dieser Kommentar ist nicht ausgeblendet."


@pytest.mark.parametrize(
    ("who", "state", "withdraw", "hide", "restore"),
    [
        ("author", "visible", "", NOT_HIDE, NOT_SHOW),
        ("author", "withdrawn", GONE, NOT_HIDE, NOT_SHOW),
        ("author", "hidden", GONE, NOT_HIDE, NOT_SHOW),
        ("citizen", "visible", NOT_MINE, NOT_HIDE, NOT_SHOW),
        ("juror", "visible", NOT_MINE, NOT_HIDE, NOT_SHOW),
        ("moderator", "visible", NOT_MINE, "", NOT_HIDDEN),
        ("moderator", "withdrawn", NOT_MINE, GONE, NOT_HIDDEN),
        ("moderator", "hidden", NOT_MINE, GONE, ""),
        ("organiser", "visible", NOT_MINE, "", NOT_HIDDEN),
        ("administrator", "hidden", NOT_MINE, GONE, ""),
    ],
)
def test_who_may_do_what_with_a_comment(app, who, state, withdraw, hide, restore):
    author = a_person()
    comment = a_comment(an_idea(), author, state=state)
    person = author if who == "author" else a_person(*([] if who == "citizen" else [who]))
    with app.test_request_context():
        assert may_withdraw_comment(person, comment).reason == withdraw
        assert may_hide_comment(person, comment).reason == hide
        assert may_restore_comment(person, comment).reason == restore


@pytest.mark.parametrize(
    ("state", "same_thread", "reason"),
    [
        ("visible", True, ""),
        ("visible", False, "Dieser Kommentar gehört zu einer anderen Diskussion."),
        ("withdrawn", True, "Der Kommentar, auf den Sie antworten möchten, ist nicht mehr da."),
        ("hidden", True, "Der Kommentar, auf den Sie antworten möchten, ist nicht mehr da."),
    ],
)
def test_what_can_be_answered(app, state, same_thread, reason):
    comment = a_comment(an_idea(), state=state)
    thread_id = comment.thread_id if same_thread else an_idea().thread_id
    with app.test_request_context():
        assert may_answer(comment, thread_id=thread_id).reason == reason
