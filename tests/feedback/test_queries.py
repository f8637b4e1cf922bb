from ideenlab.feedback.queries import answers_of
from tests.feedback.world import scored_team
from tests.jury.world import handed_in


def test_every_team_of_the_result_has_an_answer_also_without_a_ballot(app):
    prototype, _member = scored_team(out=False)
    silent = handed_in(prototype.hackathon, team="Zebras")
    answers = {answer.prototype.id: answer for answer in answers_of(prototype.hackathon)}
    assert [len(answers[found.id].sentences) for found in (prototype, silent)] == [5, 0]
    assert [band for _criterion, band in answers[silent.id].bands] == [None, None]
