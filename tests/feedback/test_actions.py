import pytest
from sqlalchemy import func, select

from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid, NotAllowed
from ideenlab.feedback.actions import pass_text_on, release_all, release_feedback, withhold_text
from ideenlab.feedback.queries import find_feedback, get_answer
from ideenlab.mail.models import Mail
from tests.factories import a_person
from tests.feedback.world import scored_team, sentence_of


def test_the_team_is_told_once_and_what_was_kept_back_never_reaches_it(app):
    prototype, member = scored_team()
    organiser = a_person("organiser")
    rude = sentence_of(prototype, "Weiter so!")
    with transaction():
        withhold_text(organiser, prototype=prototype, ballot_id=rude.ballot_id, part=rude.part, reason="Ton")
        release_feedback(organiser, prototype=prototype)
    answer = get_answer(prototype)
    assert answer.passed_on("strengths") == ["Läuft schon", "Sehr nah an den Menschen"]
    assert answer.passed_on("next_steps") == ["Auch auf Türkisch", "Mit der Stadt reden"]
    assert answer.passed_on("comments") == []
    assert [band for _criterion, band in answer.bands] == ["upper", "lower"]
    subject = f"Was die Jury Ihrem Team sagt: {prototype.hackathon.title}"
    told = select(func.count()).where(Mail.recipient == member.email, Mail.subject == subject)
    assert db.session.scalar(told) == 1
    with pytest.raises(NotAllowed, match="schon"), transaction():
        release_feedback(organiser, prototype=prototype)
    with transaction():
        assert release_all(organiser, hackathon=prototype.hackathon) == 0
        pass_text_on(organiser, prototype=prototype, ballot_id=rude.ballot_id, part=rude.part)
    assert get_answer(prototype).passed_on("comments") == ["Weiter so!"]


def test_nothing_can_be_let_go_before_the_result_is_out(app):
    prototype, _member = scored_team(out=False)
    organiser = a_person("organiser")
    with pytest.raises(NotAllowed, match="nach der Preisverleihung"), transaction():
        release_feedback(organiser, prototype=prototype)
    with pytest.raises(NotAllowed), transaction():
        release_all(organiser, hackathon=prototype.hackathon)
    assert find_feedback(prototype) is None


def test_all_teams_at_once(app):
    prototype, _member = scored_team()
    with transaction():
        assert release_all(a_person("organiser"), hackathon=prototype.hackathon) == 1
    assert find_feedback(prototype) is not None


def test_keeping_back_needs_a_reason(app):
    prototype, _member = scored_team()
    text = sentence_of(prototype, "Läuft schon")
    with pytest.raises(Invalid), transaction():
        withhold_text(
            a_person("organiser"), prototype=prototype, ballot_id=text.ballot_id, part=text.part, reason=" "
        )  # fmt: skip
