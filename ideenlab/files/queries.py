from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from ideenlab.core.db import db, find
from ideenlab.files.models import StoredFile


def find_file(file_id: int) -> StoredFile | None:
    return find(StoredFile, file_id)


def given_up(before: datetime) -> Sequence[StoredFile]:
    """Uploads that began before this moment and never became whole."""
    return db.session.scalars(
        select(StoredFile).where(StoredFile.state == "arriving", StoredFile.created_at < before).order_by(StoredFile.id)
    ).all()


def known_keys() -> dict[str, str]:
    """The key of every file that has a row, with its state."""
    return {key: state for key, state in db.session.execute(select(StoredFile.key, StoredFile.state))}
