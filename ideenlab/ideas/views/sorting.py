"""How the lists are sorted: every formula, with examples that the same functions calculate."""

from flask import render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.ideas.maths import ENOUGH_VOTES, LOTS, MILLION, Shuffle, controversy, wilson_interval
from ideenlab.ideas.views.door import blueprint

VOTES = ((3, 0), (12, 3), (60, 40), (600, 400))  # for and against
DIVIDED = ((100, 100), (150, 50), (10, 10), (190, 10), (200, 0))
DRAWN = (104_729, 1_299_709, 1_073_741_824)  # lots of three ideas
SEEDS = (1, 2, 3)


@blueprint.get("/ideen/sortierung")
@public
@same_for_visitors
def sorting() -> ResponseReturnValue:
    sure = [
        (pro, contra, pro / (pro + contra), *(end / MILLION for end in wilson_interval(pro, pro + contra)))
        for pro, contra in VOTES
    ]
    divided = [(pro, contra, controversy(pro, contra)) for pro, contra in DIVIDED]
    draws = [(seed, [Shuffle(seed, 1).key(lot) for lot in DRAWN]) for seed in SEEDS]
    return render_template(
        "ideas/sorting.html", sure=sorted(sure, key=lambda row: -row[3]), enough=ENOUGH_VOTES,
        divided=sorted(divided, key=lambda row: -row[2]), lots=DRAWN, draws=draws, modulus=LOTS,
    )  # fmt: skip
