"""A team that was scored by two jurors, with their sentences."""

from sqlalchemy import select

from ideenlab.core.db import db, transaction
from ideenlab.feedback.queries import get_answer
from ideenlab.jury.models import Ballot
from tests.factories import a_person
from tests.jury.world import a_juror, handed_in, published, scored_hackathon, submitted


def scored_team(*, out=True):
    """The prototype and a member of its team; one ballot has every text, the other one only a next step."""
    hackathon = scored_hackathon("2", "1")
    member = a_person()
    prototype = handed_in(hackathon, member, team="Bienen", title="Blütenkarte")
    first, second = a_juror(hackathon, name="Zora Zander"), a_juror(hackathon, name="Yvo Yildiz")
    submitted(first, prototype, 5, 1)
    submitted(second, prototype, 4, 2)
    with transaction():
        found = db.session.scalars(select(Ballot).where(Ballot.prototype_id == prototype.id))
        ballots = {ballot.juror_id: ballot for ballot in found}
        ballots[first.id].strength, ballots[first.id].second_strength = "Sehr nah an den Menschen", "Läuft schon"
        ballots[first.id].next_step, ballots[first.id].comment = "Mit der Stadt reden", "Weiter so!"
        ballots[second.id].next_step, ballots[second.id].note = "Auch auf Türkisch", "geheim"
    if out:
        published(hackathon)
    return prototype, member


def sentence_of(prototype, text):
    return next(sentence for sentence in get_answer(prototype).sentences if sentence.text == text)
