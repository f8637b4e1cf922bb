"""The protocol of a result: everything anybody needs to compute it again, and nobody's name."""

import json
from collections.abc import Mapping
from datetime import datetime
from random import SystemRandom
from typing import Any

from ideenlab.core.i18n import machine_time
from ideenlab.jury.maths import canonical_json
from ideenlab.jury.maths.first_format import as_second_format
from ideenlab.jury.maths.protocol import FORMAT, completed
from ideenlab.jury.models import Result
from ideenlab.jury.queries.basis import basis_of
from ideenlab.jury.queries.facts import Facts


def protocol_of(facts: Facts, *, number: int, sealed_at: datetime) -> str:
    """Canonical JSON. Jurors are numbers drawn anew for each result."""
    hackathon = facts.hackathon
    basis = {
        "format": FORMAT,
        "hackathon": {"slug": hackathon.slug, "title": hackathon.title},
        "result": number,
        "sealed_at": machine_time(sealed_at),
        **basis_of(facts, _numbers_drawn(facts)),
    }
    return canonical_json(completed(basis))


def preview_of(facts: Facts) -> dict[str, Any]:
    """What the file would rest on now. The numbers of the jurors are not drawn yet and stand for nobody."""
    hackathon = facts.hackathon
    head = {"format": FORMAT, "hackathon": {"slug": hackathon.slug, "title": hackathon.title}, "result": 0}
    return {**head, "sealed_at": "", **basis_of(facts, _numbers_drawn(facts))}


def _numbers_drawn(facts: Facts) -> dict[int, int]:
    drawn = [juror.id for juror in facts.jurors]
    SystemRandom().shuffle(drawn)
    return {juror_id: number for number, juror_id in enumerate(drawn, 1)}


def read_protocol(result: Result) -> Mapping[str, Any]:
    """What stands in the file of a result, also of one from before there were versions of the rules."""
    content = json.loads(result.protocol)
    return content if content["format"] == FORMAT else as_second_format(content)
