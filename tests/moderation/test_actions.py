import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from ideenlab.accounts.rules import is_suspended
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.files.actions import draw_picture
from ideenlab.history.models import Entry
from ideenlab.ideas.actions import (
    add_image,
    comment_on_idea,
    describe_image,
    edit_idea,
    publish_idea,
    remove_image,
    withdraw_comment_on_idea,
)
from ideenlab.mail.models import Mail
from ideenlab.moderation.actions import (
    add_word,
    appeal,
    assign_case,
    decide_appeal,
    decide_case,
    decide_cases,
    end_suspension,
    gather_waiting,
    remove_word,
    report_thing,
    suspend_person,
    take_measure,
    warn_person,
)
from ideenlab.moderation.models import Appeal, Case, Measure, Report, Word
from ideenlab.moderation.queries import change_of, get_thing
from ideenlab.moderation.queries.changes import Changed
from ideenlab.notifications.actions import follow
from ideenlab.notifications.models import Notice
from tests.factories import a_call, a_comment, a_person, an_idea
from tests.files.samples import picture

WHY = "Nennt den vollen Namen eines Nachbarn."


def reported(idea, *, reason="insult", text="Das beleidigt mich.", email=None, quietly=False):
    with transaction():
        return report_thing(
            None, thing=get_thing("idee", idea.id), reason=reason, text=text, email=email, quietly=quietly
        )


def cases():
    db.session.rollback()
    return list(db.session.scalars(select(Case).order_by(Case.id)))


def mails():
    return [(mail.recipient, mail.subject) for mail in db.session.scalars(select(Mail).order_by(Mail.id))]


def done(action, *args, **values):
    with transaction():
        return action(*args, **values)


def test_several_reports_about_one_thing_are_one_case_with_the_gravest_reason(app):
    idea = an_idea()
    reported(idea, reason="spam")
    reported(idea, reason="illegal", text="Das ist verboten, glaube ich.")
    reported(idea, reason="other", text="Noch etwas stimmt nicht.")
    (case,) = cases()
    assert (case.report_count, case.reason, case.origin, case.open_key) == (3, "illegal", "report", f"ideas:{idea.id}")
    assert timedelta(hours=23) < case.due_at - case.opened_at < timedelta(hours=25), "the shortest time counts"


def test_a_double_click_is_one_report(app):
    idea = an_idea()
    first, second = reported(idea), reported(idea)
    assert first.id == second.id
    assert [case.report_count for case in cases()] == [1]


def test_after_the_decision_a_new_report_opens_a_new_case(app):
    idea, moderator = an_idea(), a_person("moderator")
    reported(idea)
    done(decide_case, moderator, case=cases()[0], kind="kept")
    reported(idea, text="Es steht immer noch da.")
    assert [(case.closed_at is None, case.report_count) for case in cases()] == [(False, 1), (True, 1)]


@pytest.mark.parametrize(("reason", "text", "field"), [
    ("nonsense", "Das beleidigt mich.", "reason"), ("", "Das beleidigt mich.", "reason"), ("spam", "kurz", "text"),
    ("spam", "\u200b" * 40, "text"), ("spam", "x" * 1001, "text"),
])  # fmt: skip
def test_a_report_needs_a_reason_and_a_sentence(app, reason, text, field):
    with pytest.raises(Invalid) as refused:
        reported(an_idea(), reason=reason, text=text)
    assert refused.value.field == field
    assert cases() == []


def test_what_is_hidden_cannot_be_reported(app):
    with pytest.raises(NotAllowed):
        reported(an_idea(state="hidden"))


def test_a_reporter_with_an_address_gets_confirmation_and_outcome_once(app):
    idea, moderator = an_idea(title="Bänke"), a_person("moderator")
    reported(idea, email="meldung@example.org")
    reported(idea, email="meldung@example.org", text="Ich melde es noch einmal.", quietly=True)
    assert mails() == [("meldung@example.org", "Ihre Meldung ist da: Bänke")]
    done(decide_case, moderator, case=cases()[0], kind="hidden", reason=WHY)
    assert sorted(mails()[1:]) == [
        ("meldung@example.org", "Ergebnis Ihrer Meldung: Bänke"),
        (idea.author.email, "Von der Moderation ausgeblendet: Bänke"),
    ]
    texts = "".join(mail.text for mail in db.session.scalars(select(Mail)))
    assert (texts.count(WHY), texts.count("meldung@"), texts.count("Das beleidigt mich.")) == (2, 0, 0)


def test_every_measure_is_told_with_its_reason_and_the_way_to_appeal(app):
    author, moderator = a_person(language="en"), a_person("moderator")
    idea = an_idea(author=author, title="Benches <b> %s")
    measure = done(take_measure, moderator, thing=get_thing("idee", idea.id), kind="hidden", reason=WHY)
    (mail,) = db.session.scalars(select(Mail))
    assert (mail.recipient, mail.subject) == (author.email, "Hidden by the moderation: Benches <b> %s")
    assert WHY in mail.text
    assert f"http://localhost/en/entscheidung/{measure.id}\n" in mail.text
    assert (idea.state, idea.hidden_reason) == ("hidden", WHY)
    done(take_measure, moderator, thing=get_thing("idee", idea.id), kind="restored")
    assert (idea.state, idea.hidden_reason) == ("published", "")
    deeds = [entry.deed for entry in db.session.scalars(select(Entry).order_by(Entry.id))]
    assert deeds == ["ideas.hidden", "moderation.hidden", "ideas.restored", "moderation.restored"]


@pytest.mark.parametrize("reason", ["", "kurz", "x" * 501, " \n\u200b"])
@pytest.mark.parametrize("kind", ["hidden", "change_asked", "locked"])
def test_what_takes_something_away_needs_a_reason(app, kind, reason):
    idea, moderator = an_idea(), a_person("moderator")
    with pytest.raises(Invalid):
        done(take_measure, moderator, thing=get_thing("idee", idea.id), kind=kind, reason=reason)
    db.session.rollback()
    assert (idea.state, db.session.scalars(select(Measure)).all()) == ("published", [])


def test_an_idea_waits_for_its_release_and_then_counts_as_given_now(app):
    call, moderator = a_call(is_premoderated=True), a_person("moderator")
    idea = an_idea(call, state="draft", published_at=None, title="Bänke")
    done(publish_idea, idea.author, idea=idea, agrees_to_licence=True)
    assert (idea.state, idea.published_at) == ("waiting", None)
    assert done(gather_waiting) == 1
    (case,) = cases()
    done(decide_case, moderator, case=case, kind="released")
    assert idea.state == "published"
    assert now() - idea.published_at < timedelta(minutes=1)
    assert mails() == [(idea.author.email, "Freigegeben: Bänke")]


def test_a_change_waits_again_with_votes_kept_and_nobody_told_twice(app):
    call, moderator, author = a_call(is_premoderated=True), a_person("moderator"), a_person()
    idea = an_idea(call, author, title="Bänke", text="Mehr Bänke am Fluss.", support_count=3)
    given = idea.published_at
    done(edit_idea, author, idea=idea, title="Bänke", text="Mehr Bänke im Park.", topic=None, revision=1)
    assert (idea.state, idea.support_count, idea.published_at) == ("waiting", 3, given)
    assert done(gather_waiting) == 1
    (case,) = cases()
    assert case.origin == "changed"
    changed = change_of(get_thing("idee", idea.id))
    assert [(kind, text) for kind, text in changed.text if kind != "same"] == [("gone", "am Fluss"), ("new", "im Park")]
    with transaction():
        follow(a_person(), call)
    done(decide_case, moderator, case=case, kind="released")
    assert (idea.state, idea.published_at) == ("published", given)
    assert [notice.person_id for notice in db.session.scalars(select(Notice))] == [author.id], (
        "nobody hears of a new idea"
    )
    assert change_of(get_thing("idee", idea.id)) is None


def test_what_shows_new_pictures_waits_again_and_what_takes_them_away_does_not(app):
    author, moderator = a_person(), a_person("moderator")
    idea = an_idea(a_call(is_premoderated=True), author)
    with transaction():
        drawn = draw_picture(io.BytesIO(picture(size=(500, 20))), name="bank.png")
        image = add_image(author, idea=idea, drawn=drawn, alt="Eine Bank", decorative=False)
    assert (idea.state, idea.revision) == ("waiting", 2)
    done(gather_waiting)
    assert [case.origin for case in cases()] == ["changed"]
    assert change_of(get_thing("idee", idea.id)) == Changed([], [], [])
    done(take_measure, moderator, thing=get_thing("idee", idea.id), kind="released")
    done(describe_image, author, image=image, alt="Eine rote Bank", decorative=False)
    assert idea.state == "waiting"
    done(take_measure, moderator, thing=get_thing("idee", idea.id), kind="released")
    done(remove_image, author, image=image)
    assert idea.state == "published"


def test_who_was_asked_to_take_a_picture_away_and_does_comes_back_into_the_queue(app):
    author, moderator = a_person(), a_person("moderator")
    idea = an_idea(author=author)
    with transaction():
        drawn = draw_picture(io.BytesIO(picture(size=(500, 20))), name="bank.png")
        image = add_image(author, idea=idea, drawn=drawn, alt="Eine Bank", decorative=False)
    assert idea.state == "published", "where nothing is read beforehand, nothing waits"
    done(
        take_measure, moderator, thing=get_thing("idee", idea.id), kind="change_asked", reason="Bitte ohne dieses Bild."
    )
    assert done(gather_waiting) == 0
    done(remove_image, author, image=image)
    assert done(gather_waiting) == 1


def test_staff_does_not_wait_for_itself(app):
    idea = an_idea(a_call(is_premoderated=True), a_person("moderator"), state="draft", published_at=None)
    done(publish_idea, idea.author, idea=idea, agrees_to_licence=True)
    assert idea.state == "published"


def test_an_idea_that_nobody_has_confirmed_is_not_in_the_queue(app):
    idea = an_idea(a_call(is_premoderated=True), state="waiting", published_at=None)
    with transaction():
        idea.author_id = None
    assert done(gather_waiting) == 0
    with transaction():
        idea.origin = "postcard"
    assert done(gather_waiting) == 1


def test_a_comment_waits_is_released_counted_and_told_only_then(app):
    call, writer, moderator = a_call(is_premoderated=True), a_person(), a_person("moderator")
    idea = an_idea(call, title="Bänke")
    comment = done(comment_on_idea, writer, idea=idea, text="Gute Idee, bitte bald.")
    assert (comment.state, idea.comment_count, mails()) == ("waiting", 0, [])
    done(gather_waiting)
    done(decide_case, moderator, case=cases()[0], kind="released")
    assert (comment.state, idea.comment_count) == ("visible", 1)
    assert (idea.author.email, "Neuer Kommentar zu Ihrer Idee: Bänke") in mails()


def test_a_waiting_comment_that_is_refused_or_withdrawn_changes_no_count(app):
    call, writer, moderator = a_call(is_premoderated=True), a_person(), a_person("moderator")
    idea = an_idea(call)
    refused = done(comment_on_idea, writer, idea=idea, text="Kauft bei mir ein.")
    withdrawn = done(comment_on_idea, writer, idea=idea, text="Gute Idee, bitte bald.")
    done(take_measure, moderator, thing=get_thing("kommentar", refused.id), kind="refused", reason=WHY)
    done(withdraw_comment_on_idea, writer, comment=withdrawn)
    assert (refused.state, withdrawn.state, idea.comment_count) == ("hidden", "withdrawn", 0)
    done(take_measure, moderator, thing=get_thing("kommentar", refused.id), kind="restored")
    assert (refused.state, idea.comment_count) == ("visible", 1)


def test_a_change_is_asked_for_made_and_looked_at_again(app):
    moderator = a_person("moderator")
    idea = an_idea(title="Bänke mit Namen")
    given = idea.published_at
    done(take_measure, moderator, thing=get_thing("idee", idea.id), kind="change_asked", reason=WHY)
    assert idea.state == "waiting"
    assert done(gather_waiting) == 0, "it is the author's turn"
    done(
        edit_idea, idea.author, idea=idea, title="Bänke ohne Namen", text=idea.text, topic=None, revision=idea.revision
    )
    assert done(gather_waiting) == 1
    (case,) = cases()
    assert case.origin == "changed"
    done(decide_case, moderator, case=case, kind="released")
    assert (idea.state, idea.published_at, idea.hidden_reason) == ("published", given, "")


def test_a_locked_discussion_takes_no_comment_until_it_is_opened(app):
    moderator, idea = a_person("moderator"), an_idea()
    done(take_measure, moderator, thing=get_thing("idee", idea.id), kind="locked", reason="Bitte erst abkühlen.")
    with pytest.raises(NotAllowed, match="Die Moderation hat diese Diskussion gesperrt"):
        done(comment_on_idea, a_person(), idea=idea, text="Ich sage es trotzdem.")
    done(take_measure, moderator, thing=get_thing("idee", idea.id), kind="unlocked")
    done(comment_on_idea, a_person(), idea=idea, text="Jetzt geht es wieder.")
    assert idea.comment_count == 1


def test_an_appeal_brings_the_idea_back(app):
    moderator, other = a_person("moderator"), a_person("moderator")
    idea = an_idea(title="Bänke")
    measure = done(take_measure, moderator, thing=get_thing("idee", idea.id), kind="hidden", reason=WHY)
    asked = done(appeal, idea.author, measure=measure, text="Der Name steht auf dem Klingelschild.")
    with pytest.raises(NotAllowed):
        done(appeal, idea.author, measure=measure, text="Ich frage noch einmal.")
    with pytest.raises(NotAllowed):
        done(decide_appeal, moderator, appeal=asked, overturn=False, reason=WHY, knows_to_be_alone=True)
    undone = done(decide_appeal, other, appeal=asked, overturn=True, reason="Das ist kein Verstoß.")
    assert (idea.state, undone.kind, asked.outcome, asked.is_by_one_person) == (
        "published",
        "restored",
        "overturned",
        False,
    )
    assert mails()[-1] == (idea.author.email, "Ihr Einspruch hatte Erfolg")


def test_one_person_alone_is_marked(app):
    moderator = a_person("moderator")
    idea = an_idea()
    measure = done(take_measure, moderator, thing=get_thing("idee", idea.id), kind="hidden", reason=WHY)
    asked = done(appeal, idea.author, measure=measure, text="Der Name steht auf dem Klingelschild.")
    with pytest.raises(NotAllowed):
        done(decide_appeal, moderator, appeal=asked, overturn=False, reason="Es bleibt dabei, leider.")
    done(
        decide_appeal,
        moderator,
        appeal=asked,
        overturn=False,
        reason="Es bleibt dabei, leider.",
        knows_to_be_alone=True,
    )
    assert (idea.state, asked.outcome, asked.is_by_one_person) == ("hidden", "upheld", True)
    text = db.session.scalars(select(Mail).order_by(Mail.id.desc())).first().text
    assert "Das wurde von einer Person geprüft" in text


UNDONE = [("refused", "published"), ("change_asked", "published")]


@pytest.mark.parametrize(("kind", "after"), UNDONE)
def test_an_appeal_undoes_each_kind(app, kind, after):
    moderator, other = a_person("moderator"), a_person("organiser")
    idea = an_idea(state="waiting" if kind == "refused" else "published")
    measure = done(take_measure, moderator, thing=get_thing("idee", idea.id), kind=kind, reason=WHY)
    asked = done(appeal, idea.author, measure=measure, text="Das sehe ich ganz anders.")
    done(decide_appeal, other, appeal=asked, overturn=True, reason="Das ist kein Verstoß.")
    assert idea.state == after


def test_an_appeal_that_came_too_late_to_undo_changes_nothing_else(app):
    moderator, other = a_person("moderator"), a_person("organiser")
    idea = an_idea()
    measure = done(take_measure, moderator, thing=get_thing("idee", idea.id), kind="hidden", reason=WHY)
    asked = done(appeal, idea.author, measure=measure, text="Das sehe ich ganz anders.")
    done(take_measure, moderator, thing=get_thing("idee", idea.id), kind="restored")
    assert done(decide_appeal, other, appeal=asked, overturn=True, reason="Das ist kein Verstoß.") is None
    assert (idea.state, asked.outcome) == ("published", "overturned")


def test_a_suspension_is_told_ends_early_and_by_appeal(app):
    moderator, other, person = a_person("moderator"), a_person("moderator"), a_person()
    measure = done(suspend_person, moderator, person=person, days=7, reason="Mehrfache Beleidigungen.")
    assert is_suspended(person, now() + timedelta(days=6, hours=23))
    assert not is_suspended(person, now() + timedelta(days=7, minutes=1))
    assert measure.until == person.suspended_until
    with pytest.raises(NotAllowed, match=r"Sie sind bis .* gesperrt"):
        done(comment_on_idea, person, idea=an_idea(), text="Ich sage es trotzdem.")
    asked = done(appeal, person, measure=measure, text="Das war ich gar nicht.")
    done(decide_appeal, other, appeal=asked, overturn=True, reason="Das war jemand anderes.")
    assert not is_suspended(person, now())
    done(suspend_person, moderator, person=person, days=1, reason="Mehrfache Beleidigungen.")
    done(end_suspension, moderator, person=person)
    assert (person.suspended_until, person.suspended_reason) == (None, "")
    kinds = [kind for (kind,) in db.session.execute(select(Measure.kind).order_by(Measure.id))]
    assert kinds == ["suspended", "suspension_ended", "suspended", "suspension_ended"]


@pytest.mark.parametrize("days", [0, -1, 366, 10**9])
def test_a_suspension_has_a_sensible_length(app, days):
    with pytest.raises(Invalid):
        done(suspend_person, a_person("moderator"), person=a_person(), days=days, reason="Mehrfache Beleidigungen.")


def test_a_warning_is_only_told(app):
    person = a_person()
    done(warn_person, a_person("moderator"), person=person, reason="Bitte bleiben Sie sachlich.")
    assert mails() == [(person.email, "Eine Verwarnung der Moderation")]
    assert person.suspended_until is None


def test_a_name_that_breaks_the_rules_goes_everywhere(app):
    person = a_person(pseudonym="Schimpfwort")
    with transaction():
        report_thing(None, thing=get_thing("person", person.id), reason="insult", text="Dieser Name beleidigt.")
    thing = get_thing("person", person.id)
    done(take_measure, a_person("moderator"), thing=thing, kind="hidden", reason="Dieser Name beleidigt andere.")
    assert person.pseudonym.startswith("Person ")
    assert [case.closed_at is not None for case in cases()] == [True]
    db.session.rollback()
    assert "Schimpfwort" not in "".join(map(repr, db.session.execute(select(Measure.__table__)).all()))


def test_many_at_once_say_what_worked_and_what_did_not(app):
    moderator = a_person("moderator")
    ideas = [an_idea(title=f"Werbung {number}") for number in range(3)]
    own = an_idea(author=moderator, title="Meine eigene")
    for idea in (*ideas, own):
        reported(idea)
    rows = cases()
    done(take_measure, a_person("moderator"), thing=get_thing("idee", ideas[0].id), kind="hidden", reason=WHY)
    outcomes = done(decide_cases, moderator, cases=rows, kind="hidden", reason="Das ist Werbung.")
    assert [(outcome.title, outcome.problem) for outcome in outcomes] == [
        ("Werbung 0", "Jemand anderes hat diesen Fall schon entschieden."), ("Werbung 1", ""), ("Werbung 2", ""),
        ("Meine eigene", "Niemand entscheidet über eigene Beiträge."),
    ]  # fmt: skip
    db.session.rollback()
    assert [idea.state for idea in (*ideas, own)] == ["hidden", "hidden", "hidden", "published"]
    assert len(db.session.scalars(select(Measure)).all()) == 3
    assert len(mails()) == 3, "nobody is told of what did not happen"


def test_a_case_is_taken_in_hand_by_one(app):
    moderator, other = a_person("moderator"), a_person("moderator")
    reported(an_idea())
    (case,) = cases()
    done(assign_case, moderator, case=case, to_me=True)
    done(assign_case, moderator, case=case, to_me=True)
    with pytest.raises(Conflict):
        done(assign_case, other, case=case, to_me=True)
    done(assign_case, moderator, case=case, to_me=False)
    done(assign_case, other, case=case, to_me=True)
    assert case.assigned_to_id == other.id
    with pytest.raises(NotAllowed):
        done(assign_case, a_person(), case=case, to_me=True)


def test_who_comes_second_gets_a_conflict_whatever_they_wanted(app):
    moderator = a_person("moderator")
    idea = an_idea()
    reported(idea)
    (case,) = cases()
    done(decide_case, moderator, case=case, kind="kept")
    for kind in ("kept", "hidden"):
        with pytest.raises(Conflict):
            done(decide_case, a_person("moderator"), case=case, kind=kind, reason=WHY)
    assert idea.state == "published"


@pytest.mark.parametrize("role", [None, "juror"])
def test_others_decide_nothing(app, role):
    person = a_person(*([role] if role else []))
    idea = an_idea()
    reported(idea)
    (case,) = cases()
    with pytest.raises(NotAllowed):
        done(decide_case, person, case=case, kind="hidden", reason=WHY)
    with pytest.raises(NotAllowed):
        done(decide_cases, person, cases=[case], kind="hidden", reason=WHY)
    with pytest.raises(NotAllowed):
        done(take_measure, person, thing=get_thing("idee", idea.id), kind="hidden", reason=WHY)
    with pytest.raises(NotAllowed):
        done(suspend_person, person, person=a_person(), days=1, reason=WHY)
    with pytest.raises(NotAllowed):
        done(add_word, person, word="Depp")
    db.session.rollback()
    assert (idea.state, db.session.scalars(select(Measure)).all()) == ("published", [])


def test_words_are_kept_folded_and_once(app):
    moderator = a_person("moderator")
    word = done(add_word, moderator, word=" Blödmann* ")
    assert (word.word, word.folded) == ("Blödmann*", "bloedmann*")
    for double in ("bloedmann*", "BLÖDMANN*", "", "*", "x" * 61):
        with pytest.raises(Invalid):
            done(add_word, moderator, word=double)
    done(remove_word, moderator, word=word)
    assert db.session.scalars(select(Word)).all() == []


def test_a_comment_is_hidden_and_its_author_told(app):
    writer = a_person()
    idea = an_idea(title="Bänke")
    comment = a_comment(idea, writer, text="So ein Unfug!")
    moderator = a_person("moderator")
    done(take_measure, moderator, thing=get_thing("kommentar", comment.id), kind="hidden", reason=WHY)
    assert (comment.state, idea.comment_count) == ("hidden", 0)
    done(take_measure, moderator, thing=get_thing("kommentar", comment.id), kind="restored")
    assert (comment.state, idea.comment_count) == ("visible", 1)
    assert mails() == [
        (writer.email, "Von der Moderation ausgeblendet: So ein Unfug!"),
        (writer.email, "Wieder zu sehen: So ein Unfug!"),
    ]


def test_nothing_personal_of_reporters_stands_in_the_history(app):
    reported(an_idea(), email="meldung@example.org")
    db.session.rollback()
    assert [report.email for report in db.session.scalars(select(Report))] == ["meldung@example.org"]
    assert db.session.scalars(select(Entry)).all() == []
    assert db.session.scalars(select(Appeal)).all() == []


def test_hiding_an_idea_takes_its_news_away_and_leaves_the_decisions(app):
    idea, writer, moderator = an_idea(author=a_person(), title="Bänke"), a_person(), a_person("moderator")
    comment = done(comment_on_idea, writer, idea=idea, text="Kauft bei mir ein.")
    done(take_measure, moderator, thing=get_thing("kommentar", comment.id), kind="hidden", reason=WHY)
    done(comment_on_idea, a_person(), idea=idea, text="Gute Idee, bitte bald.")
    for kind in ("hidden", "restored", "hidden"):
        done(take_measure, moderator, thing=get_thing("idee", idea.id), kind=kind, reason=WHY)
    left = [(notice.person_id, notice.path) for notice in db.session.scalars(select(Notice).order_by(Notice.id))]
    decisions = db.session.scalars(select(Measure.id).where(Measure.kind == "hidden")).all()
    assert [path for _person, path in left if "/entscheidung/" in path] == [f"/entscheidung/{one}" for one in decisions]
    assert [person for person, _path in left] == [writer.id, *[idea.author_id] * 3]
    assert not any("comment" in path for _person, path in left), "what was said about it is gone"
