"""Who hears of answers: authors at once, followers as they chose, the office and the person that are to write."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.answers.models import Answer
from ideenlab.core.db import db
from ideenlab.core.mailtext import write_letter
from ideenlab.core.text import excerpt
from ideenlab.ideas.models import CoAuthor, Idea, Status
from ideenlab.mail.actions import queue_mail
from ideenlab.notifications.actions import tell, tell_followers


def authors_of(idea: Idea) -> list[Person]:
    """Author and co-authors who have agreed."""
    accepted = select(Person).join(CoAuthor, CoAuthor.person_id == Person.id)
    accepted = accepted.where(CoAuthor.idea_id == idea.id, CoAuthor.state == "accepted").order_by(Person.id)
    return [*([idea.author] if idea.author else []), *db.session.scalars(accepted)]


def tell_about_answer(answer: Answer, template: str, *, once: str, **values: object) -> None:
    idea, authors = answer.idea, authors_of(answer.idea)
    detail = excerpt(str(values.get("reason") or answer.text), 250)
    told: dict[str, Any] = {"answer": answer, "idea": idea, **values}
    for author in authors:
        tell(author, template, kind="own", once_key=f"{once}-{author.id}", about=idea, detail=detail, **told)
    tell_followers(idea, template, kind="followed", once=once, but=authors, detail=detail, **told)


def tell_about_status(idea: Idea, status: Status, *, once: str) -> None:
    authors = authors_of(idea)
    told: dict[str, Any] = {"detail": status.title, "idea": idea, "status": status}
    for author in authors:
        key = f"{once}-{author.id}"
        tell(author, "answers/status", kind="own", once_key=key, about=idea, **told)
    tell_followers(idea, "answers/status", kind="followed", once=once, but=authors, **told)


def tell_assigned(answers: Sequence[Answer], *, but: Person) -> None:
    """One mail to the person and one to the office, however many ideas it is about."""
    if not answers:
        return
    ideas = [answer.idea for answer in answers]
    person, office = answers[0].assigned_to, answers[0].office
    key = f"assigned-{answers[0].id}-{answers[0].revision}"
    if person and person.id != but.id:
        tell(person, "answers/assigned", kind="work", once_key=f"{key}-{person.id}", about=ideas[0], ideas=ideas)
    if office and office.email:
        letter = write_letter("answers/office_asked", office=office, ideas=ideas)
        queue_mail(recipient=office.email, subject=letter.subject, text=letter.text, once_key=f"{key}-office")
