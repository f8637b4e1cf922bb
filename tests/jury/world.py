"""A hackathon that is being scored: criteria, jurors, prototypes that were handed in."""

import hashlib
import json
from dataclasses import fields
from datetime import timedelta
from decimal import Decimal
from itertools import count

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.actions import Remarks, publish_result, score_prototype
from ideenlab.jury.models import Ballot, BallotRevision, Criterion, Juror, JuryRules
from ideenlab.jury.queries import criteria_of, find_seat
from ideenlab.prototypes.models import HandIn, Prototype
from tests.factories import a_hackathon, a_person, a_prototype, a_team, saved

DAY = timedelta(days=1)
LEVELS = "\n".join(f"Satz für {points} Punkte" for points in range(6))
_numbers = count(1)


def scored_hackathon(*weights: str, quorum: int = 1, **values) -> Hackathon:
    """Scoring is open; one criterion for each weight."""
    hackathon = a_hackathon(open_windows=("scoring",), **values)
    saved(JuryRules(hackathon_id=hackathon.id, quorum=quorum, highest_half_points=10, lowest_half_points=0))
    for position, weight in enumerate(weights or ("2", "1", "1.5")):
        saved(
            Criterion(hackathon=hackathon, position=position, title=f"Kriterium {position + 1}",
                      question="Wie gut ist es?", weight=Decimal(weight), levels=LEVELS)
        )  # fmt: skip
    return hackathon


def a_juror(hackathon: Hackathon, person: Person | None = None, **values) -> Juror:
    person = person or a_person("juror")
    given = {"name": f"Jurorin {next(_numbers)}", "informed_at": now(), "confirmed_version": 1}
    return saved(Juror(hackathon=hackathon, person=person, **{**given, **values}))


def handed_in(hackathon: Hackathon, *members: Person, team: str = "", title: str = "", **values) -> Prototype:
    number = next(_numbers)
    prototype = a_prototype(a_team(hackathon, *members, **({"name": team} if team else {})), **values)
    with transaction():
        prototype.title = title or f"Prototyp {number}"
    content = {"title": prototype.title, "pitch": "Zeigt freie Plätze.", "description": "Eine Karte für alle.",
               "code_url": "", "demo_url": "", "video_url": "", "files": []}  # fmt: skip
    text = json.dumps(content)
    saved(HandIn(prototype=prototype, number=1, handed_in_at=now() - DAY, title=prototype.title, content=text,
                 description_html="<p>Eine Karte für alle.</p>",
                 sha256=hashlib.sha256(text.encode()).hexdigest()))  # fmt: skip
    return prototype


def save(juror: Juror, prototype: Prototype, *points: float | None, submit: bool = False, **values) -> BallotRevision:
    """One save of a ballot: points in the order of the criteria, None for no answer; the latest revision by default."""
    criteria = criteria_of(prototype.hackathon)
    half_points = {c: None if p is None else int(p * 2) for c, p in zip(criteria, points, strict=False)}
    given = {"excuses": {c: "Nicht gesehen" for c, p in half_points.items() if p is None}, **values}
    words = {field.name: given.pop(field.name) for field in fields(Remarks) if field.name in given}
    with transaction():
        if "revision" not in given:
            ballot = find_seat(juror.person, prototype).ballot
            given["revision"] = ballot.revision if ballot else 0
        return score_prototype(
            juror.person, prototype=prototype, half_points=half_points, submit=submit,
            remarks=Remarks(**words), **{"save_id": f"save-{next(_numbers):08}", **given},
        )  # fmt: skip


def submitted(juror: Juror, prototype: Prototype, *points: float | None, **values) -> BallotRevision:
    return save(juror, prototype, *points, submit=True, **values)


def close_scoring(hackathon: Hackathon) -> None:
    with transaction():
        hackathon.scoring_until = now() - timedelta(minutes=1)
        hackathon.publication_from, hackathon.publication_until = now() - timedelta(seconds=1), None


def published(hackathon: Hackathon):
    close_scoring(hackathon)
    with transaction():
        return publish_result(a_person("organiser"), hackathon=hackathon)


def ballot_of(juror: Juror, prototype: Prototype) -> Ballot:
    db.session.rollback()
    return find_seat(juror.person, prototype).ballot


def address(prototype, part=""):
    return f"/jury/prototyp/{prototype.id}{part}"


def sent(prototype, *points, revision=0, save_id="page-save-1", **more):
    """What the form sends: points as text, None for no answer with a reason, "" for nothing."""
    data = {"revision": str(revision), "save_id": save_id, "comment": "", "note": "", **more}
    for criterion, value in zip(criteria_of(prototype.hackathon), points, strict=False):
        if value is None:
            data |= {f"points-{criterion.id}": "none", f"excuse-{criterion.id}": "Nicht gesehen"}
        elif value != "":
            data[f"points-{criterion.id}"] = value
    db.session.rollback()
    return data
