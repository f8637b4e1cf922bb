from fractions import Fraction

from ideenlab.deliberations.queries import lines_of, topics_of, trials_of
from ideenlab.jury.queries import figures_of
from tests.deliberations.world import talked_about
from tests.jury.world import a_juror, scored_hackathon


def test_the_jury_talks_first_about_what_is_not_sure(app):
    hackathon, prototypes, _jurors = talked_about()
    topics = topics_of(figures_of(hackathon))
    assert [topic.entry.prototype.team.name for topic in topics] == ["Bienen", "Bäume", "Züge"]
    assert [topic.point.flips for topic in topics] == [True, True, False]
    assert [line.juror.name for line in lines_of(figures_of(hackathon), prototypes["Bienen"].id)] == [
        "Anton", "Mila", "Zora",
    ]  # fmt: skip
    assert [line.total for line in lines_of(figures_of(hackathon), prototypes["Bäume"].id)] == [
        Fraction(7, 2), Fraction(7, 2), Fraction(3),
    ]  # fmt: skip


def test_what_would_be_without_one_juror(app):
    hackathon, _prototypes, _jurors = talked_about()
    trials = {trial.juror.name: trial for trial in trials_of(figures_of(hackathon)) if trial.juror}
    assert {name: len(trial.moved) for name, trial in trials.items()} == {"Zora": 2, "Mila": 2, "Anton": 0}
    moved = [(entry.prototype.team.name, before, after) for entry, before, after in trials["Zora"].moved]
    assert moved == [("Bienen", 1, 2), ("Bäume", 2, 1)]


def test_before_there_is_anything_to_talk_about_nothing_is_said(app):
    hackathon = scored_hackathon("1")
    a_juror(hackathon)
    figures = figures_of(hackathon)
    assert (topics_of(figures), trials_of(figures)) == ([], [])
