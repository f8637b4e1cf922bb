import click
from flask import Blueprint

from ideenlab.core.jobs import job, stopping
from ideenlab.core.security import city
from ideenlab.exchange.actions import read_sources

blueprint = Blueprint("exchange_cli", __name__, cli_group="exchange")


@blueprint.cli.command("read")
def read() -> None:
    """Read the ideas of the other cities whose time has come, once."""
    numbers = read_sources(city())
    click.echo(f"read {numbers['read']}, failed {numbers['failed']}")
    if numbers["failed"]:
        raise SystemExit(1)


@job("exchange.read", seconds=60)
def read_now_and_then() -> None:
    read_sources(city(), stopped=stopping.is_set)
