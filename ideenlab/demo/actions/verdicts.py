"""What follows the ballots: the talk of the jury, the result, and what it says to the teams."""

from datetime import datetime, timedelta

from ideenlab.core.db import db
from ideenlab.deliberations.models import Deliberation, Minute
from ideenlab.demo.actions.hackathons import written_hackathons
from ideenlab.demo.actions.world import World
from ideenlab.feedback.models import Feedback
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.actions.publishing import freeze_result
from ideenlab.jury.maths.ceremony import awards_of, next_step
from ideenlab.jury.models import Reveal
from ideenlab.jury.queries import figures_of, read_protocol
from ideenlab.prototypes.queries import handed_in_of

TALK = timedelta(minutes=45)
A_LINE = timedelta(minutes=9)
SHOWN = 2  # places on stage so far


def add_verdicts(world: World) -> None:
    """Last year's jury has talked, its result is public and its answers are with the teams; the school's talks now, and
    the result of the evening is sealed and shown place by place."""
    _talk(world, "school", begin=world.start - TALK)
    _begin_ceremony(world, world.hackathons["evening"])
    last = world.hackathons["last_year"]
    assert last.publication_from
    published = last.publication_from + timedelta(minutes=10)
    talk = _talk(world, "last_year", begin=published - 2 * TALK)
    talk.closed_at = published - TALK
    _publish(world, last, published)
    for prototype, _hand_in in handed_in_of(last):
        db.session.add(Feedback(prototype=prototype, released_at=published + TALK, released_by=world.people["olaf"]))
    db.session.flush()


def _talk(world: World, name: str, *, begin: datetime) -> Deliberation:
    hackathon, organiser = world.hackathons[name], world.people["olaf"]
    talk = Deliberation(hackathon=hackathon, opened_at=begin, opened_by=organiser)
    db.session.add(talk)
    written = dict(written_hackathons())[name]["minutes"]
    for number, line in enumerate(written, 1):
        db.session.add(Minute(
            hackathon=hackathon, prototype=world.prototypes.get((name, line["team"])), text=line["text"],
            written_by=organiser, written_at=begin + number * A_LINE,
        ))  # fmt: skip
    db.session.flush()
    return talk


def _publish(world: World, hackathon: Hackathon, moment: datetime) -> None:
    result = freeze_result(hackathon, figures_of(hackathon), moment=moment, organiser=world.people["olaf"])
    result.published_at = moment


def _begin_ceremony(world: World, hackathon: Hackathon) -> None:
    """One prize is shown, and of the other the last place."""
    sealed = freeze_result(
        hackathon, figures_of(hackathon), moment=world.start - A_LINE, organiser=world.people["olaf"]
    )
    awards, shown = awards_of(read_protocol(sealed)), set[tuple[int, int]]()
    for number in range(SHOWN):
        step = next_step(awards, shown)
        assert step  # the content gives it four prototypes and two prizes
        shown.add(step.key)
        moment = world.start - A_LINE * (SHOWN - number) / SHOWN
        db.session.add(Reveal(result_id=sealed.id, prize=step.prize, place=step.place, revealed_at=moment))
