"""Practice before the first pitch: everybody scores the same example, then sees how differently points are given."""

from collections.abc import Mapping

from sqlalchemy import delete, select

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.core.weblinks import clean_link, may_link
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.actions.scoring import what_to_choose
from ideenlab.jury.models import Calibration, CalibrationScore, Criterion, Juror
from ideenlab.jury.queries import criteria_of, find_calibration, find_juror, rules_of
from ideenlab.jury.rules import may_score_example, may_set_example


def set_example(organiser: Person, *, hackathon: Hackathon, title: str, description: str, url: str) -> Calibration:
    require(may_set_example(organiser, hackathon))
    if url and not (allowed := may_link(url)):
        raise Invalid(allowed.reason, field="url")
    example = find_calibration(hackathon) or Calibration(hackathon_id=hackathon.id, title=title)
    example.title, example.description, example.url = title, description, clean_link(url)
    db.session.add(example)
    db.session.flush()
    record(organiser, "jury.example_set", hackathon, note=title)
    return example


def close_example(organiser: Person, *, hackathon: Hackathon) -> None:
    """From now on the spread is shown to the jury."""
    example = _held(organiser, hackathon)
    example.closed_at = example.closed_at or now()
    record(organiser, "jury.example_closed", hackathon)
    db.session.flush()


def remove_example(organiser: Person, *, hackathon: Hackathon) -> None:
    """With everything that was given for it."""
    example = _held(organiser, hackathon)
    jurors = select(Juror.id).where(Juror.hackathon_id == hackathon.id)
    db.session.execute(delete(CalibrationScore).where(CalibrationScore.juror_id.in_(jurors)))
    db.session.delete(example)
    record(organiser, "jury.example_removed", hackathon)
    db.session.flush()


def score_example(juror: Person, *, hackathon: Hackathon, half_points: Mapping[Criterion, int]) -> None:
    """What this juror gives, in place of what they gave before."""
    seat, example = find_juror(juror, hackathon), find_calibration(hackathon)
    require(may_score_example(juror, hackathon, seat, example))
    assert seat  # the rule has asked for it
    rules, criteria = rules_of(hackathon), criteria_of(hackathon)
    for criterion, value in half_points.items():
        if criterion not in criteria:
            raise Invalid(_("This criterion belongs to another hackathon."), field=f"points-{criterion.id}")
        if not (type(value) is int and value in rules.values):
            raise Invalid(what_to_choose(rules), field=f"points-{criterion.id}")
    db.session.execute(delete(CalibrationScore).where(CalibrationScore.juror_id == seat.id))
    db.session.add_all(
        CalibrationScore(juror_id=seat.id, criterion_id=criterion.id, half_points=value)
        for criterion, value in half_points.items()
    )
    db.session.flush()


def _held(organiser: Person, hackathon: Hackathon) -> Calibration:
    require(may_set_example(organiser, hackathon))
    example = find_calibration(hackathon)
    if example is None:
        raise Invalid(_("There is no example to practise with."))
    return example
