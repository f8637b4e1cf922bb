"""Who may do what with the audience prize, and when not: the sentence says why."""

from datetime import timedelta

from ideenlab.audience.models import AudiencePrize
from ideenlab.audience.rules import (
    MOST_AT_ONCE,
    may_plan_prize,
    may_print_codes,
    may_release_prize,
    may_see_prize_result,
    may_vote,
    may_vote_for,
)
from ideenlab.core.clock import now
from ideenlab.core.i18n import speaking
from tests.audience.worlds import a_stage
from tests.factories import DAY, a_hackathon, a_person, a_prototype, a_team

HOUR = timedelta(hours=1)


def test_each_refusal_of_the_prize_says_why(app):
    hackathon, (first,) = a_stage(1)
    organiser, time = a_person("organiser"), now()
    roles = {name: a_person(*([name] if name else [])) for name in ("", "juror", "moderator", "administrator")}
    with app.test_request_context(), speaking("en"):
        prize = AudiencePrize(hackathon=hackathon, title="Preis", voting_from=time - HOUR, voting_until=time + HOUR)
        assert [bool(may_plan_prize(person, hackathon, prize)) for person in roles.values()] == [False] * 3 + [True]
        table = [
            (may_vote(prize, time), ""),
            (may_vote(prize, time + HOUR), "This closed on "),
            (may_vote(prize, time - DAY), "This opens on "),
            (may_vote(None, time), "There is no audience prize here."),
            (may_print_codes(organiser, prize, MOST_AT_ONCE, time), ""),
            (may_print_codes(organiser, prize, MOST_AT_ONCE + 1, time), "Please give a number from 1 to 500."),
            (may_print_codes(organiser, prize, 1, time + HOUR), "The vote is over: nobody could use new codes."),
            (may_release_prize(organiser, prize, time), "People vote until "),
            (may_release_prize(organiser, prize, time + HOUR), ""),
            (may_release_prize(roles["moderator"], prize, time + HOUR), "Only organisers may do this."),
            (may_see_prize_result(prize), "The result of the audience prize is not released yet."),
        ]
        for verdict, reason in table:
            assert (bool(verdict), verdict.reason[: len(reason)]) == (reason == "", reason)
        prize.voting_until = None
        assert may_release_prize(organiser, prize, time).reason == "The vote has no end yet. Please set one first."
        prize.released_at = time
        assert may_plan_prize(organiser, hackathon, prize).reason.startswith("The result was released on ")
        assert may_vote(prize, time).reason == "The vote is over and the result is released."
        assert may_see_prize_result(prize)
        elsewhere = a_prototype(a_team(a_hackathon()))
        assert [bool(may_vote_for(organiser, each, hackathon)) for each in (first, elsewhere, None)] == [
            True,
            False,
            False,
        ]
