"""The audience prize is planned and released by organisers; the hall and the stream vote."""

from ideenlab.audience.actions.prize import end_sheet, plan_prize, print_codes, release_prize
from ideenlab.audience.actions.votes import vote_in_hall, vote_on_stream

__all__ = ["end_sheet", "plan_prize", "print_codes", "release_prize", "vote_in_hall", "vote_on_stream"]
