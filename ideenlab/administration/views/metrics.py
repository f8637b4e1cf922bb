"""Figures for the machine that watches, in the text that Prometheus reads. Nothing in them is about a person."""

import hmac
from collections.abc import Iterator

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from ideenlab.administration.queries import last_beat, mail_counts, oldest_waiting
from ideenlab.administration.views.door import blueprint
from ideenlab.core.clock import now
from ideenlab.core.metrics import counts, figure
from ideenlab.core.security import city
from ideenlab.core.web import public
from ideenlab.operating.queries import database_bytes, free_bytes


@blueprint.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    """For who knows METRICS_TOKEN; where none is set, there are no metrics."""
    if not city().metrics_token:
        abort(404)
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode(), city().metrics_token.encode()):
        abort(401)
    return Response("".join((*counts.lines(), *_figures())), mimetype="text/plain; version=0.0.4")


def _figures() -> Iterator[str]:
    mails, oldest, beat = mail_counts(), oldest_waiting(), last_beat()
    yield figure("ideenlab_mails_waiting", "Mails that have not left yet.", mails["waiting"])
    yield figure("ideenlab_mails_given_up", "Mails that could not be delivered lately.", mails["given_up"])
    age = (now() - oldest).total_seconds() if oldest else 0
    yield figure("ideenlab_mail_oldest_waiting_seconds", "How long the oldest waiting mail waits.", age)
    if beat:
        seconds = (now() - beat).total_seconds()
        yield figure("ideenlab_worker_beat_seconds", "How long ago the worker last did anything.", seconds)
    yield figure("ideenlab_database_bytes", "What the database takes on its disk.", database_bytes())
    free = min(free_bytes(folder) for folder in (city().instance, city().upload_folder))
    yield figure("ideenlab_disk_free_bytes", "What is free where files are stored.", free)
