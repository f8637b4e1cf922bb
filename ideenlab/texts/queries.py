from sqlalchemy import bindparam, select

from ideenlab.core.db import db
from ideenlab.core.errors import NotFound
from ideenlab.texts.models import CityText, CityTextVersion

_TEXT = select(CityText).where(
    CityText.kind == bindparam("kind"), CityText.name == bindparam("name"), CityText.language == bindparam("spoken")
)


def find_text(kind: str, name: str, spoken: str, *, locked: bool = False) -> CityText | None:
    values = {"kind": kind, "name": name, "spoken": spoken}
    return db.session.scalar(_TEXT.with_for_update() if locked else _TEXT, values)


def written_texts(kind: str) -> dict[tuple[str, str], CityText]:
    """Those that the city has written, by name and language. One that was taken back is empty."""
    rows = db.session.scalars(select(CityText).where(CityText.kind == kind, CityText.text != ""))
    return {(row.name, row.language): row for row in rows}


def versions_of(text: CityText) -> list[CityTextVersion]:
    """How it read before, the latest first."""
    chosen = select(CityTextVersion).where(CityTextVersion.text_id == text.id)
    return list(db.session.scalars(chosen.order_by(CityTextVersion.revision.desc()).limit(100)))


def get_version(text: CityText | None, revision: int) -> CityTextVersion:
    chosen = select(CityTextVersion).where(CityTextVersion.text_id == text.id) if text else None
    version = db.session.scalar(chosen.where(CityTextVersion.revision == revision)) if chosen is not None else None
    if version is None:
        raise NotFound
    return version
