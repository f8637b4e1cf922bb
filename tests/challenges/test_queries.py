from ideenlab.challenges.queries import challenges_of
from ideenlab.core.clock import now
from tests.factories import a_challenge, a_hackathon


def test_teams_choose_among_published_challenges_in_the_order_of_the_organisers(app):
    hackathon = a_hackathon()
    second, first = a_challenge(hackathon, position=2), a_challenge(hackathon, position=1)
    a_challenge(hackathon, published_at=None)
    a_challenge(hackathon, withdrawn_at=now())
    a_challenge(a_hackathon())
    assert challenges_of(hackathon) == [first, second]
