"""Made-up juries with a known truth: how often the truly best prototype wins. `python -m bench.judging` runs more."""

from random import Random

from bench.judging import a_panel, foretold, full, neighbours, planned, winners
from ideenlab.jury.maths import CORRECTED, MEAN, MEDIAN

TRIALS = 200


def test_in_a_full_panel_corrected_is_right_as_often_as_the_mean_and_the_median_less_often():
    found = winners(TRIALS, lambda trial: a_panel(Random(trial), full(6, 7)))
    assert found[CORRECTED] == found[MEAN] > found[MEDIAN] + 0.03


def test_where_jurors_saw_different_teams_corrected_is_right_more_often():
    found = winners(TRIALS, lambda trial: a_panel(Random(trial), planned(12, 9, 4, trial % 20)))
    assert found[CORRECTED] > found[MEAN] + 0.03


def test_where_strict_jurors_saw_the_strong_teams_corrected_is_right_far_more_often():
    pairs = neighbours(12, 9, 4)
    found = winners(TRIALS, lambda trial: a_panel(Random(trial), pairs, sort="both"))
    assert found[CORRECTED] > found[MEAN] + 0.08


def test_corrected_foretells_the_ballots_that_were_left_out_better_than_the_mean():
    found = [foretold(Random(trial), a_panel(Random(trial), planned(12, 9, 5, 0))[1]) for trial in range(50)]
    errors = {name: sum(one[name] for one in found) / 50 for name in (MEAN, CORRECTED)}
    assert errors[CORRECTED] < 0.97 * errors[MEAN]
