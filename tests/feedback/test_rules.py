from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.feedback.actions import release_feedback
from ideenlab.feedback.rules import may_change_feedback, may_prepare_feedback, may_read_feedback, may_release_feedback
from tests.factories import a_person
from tests.feedback.world import scored_team


def test_who_may_do_what_with_the_words_of_the_jury(app):
    closed, _nobody = scored_team(out=False)
    prototype, member = scored_team()
    people = {
        "organiser": a_person("organiser"), "juror": a_person("juror"), "moderator": a_person("moderator"),
        "stranger": a_person(), "member": member,
    }  # fmt: skip
    hackathon = prototype.hackathon

    def allowed(rule, thing):
        return [name for name, person in people.items() if rule(person, thing)]

    assert allowed(may_prepare_feedback, closed.hackathon) == []
    assert allowed(may_prepare_feedback, hackathon) == ["organiser"]
    assert allowed(may_change_feedback, hackathon) == ["organiser"]
    assert allowed(may_release_feedback, prototype) == ["organiser"]
    assert allowed(may_read_feedback, prototype) == []
    with transaction():
        release_feedback(people["organiser"], prototype=prototype)
    assert allowed(may_read_feedback, prototype) == ["member"]
    assert allowed(may_release_feedback, prototype) == []
    with transaction():
        hackathon.archived_at = now()
    assert allowed(may_read_feedback, prototype) == ["member"]
    assert allowed(may_change_feedback, hackathon) == []
