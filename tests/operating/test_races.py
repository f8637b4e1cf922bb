"""People upload and delete while a backup is made: no row of it is without its file."""

import hashlib
import io
import json
import tarfile
import threading

from ideenlab.core.db import after_commit, db, transaction
from ideenlab.core.storage import storage
from ideenlab.files.actions import Content, keep_content
from ideenlab.files.models import StoredFile
from ideenlab.operating.actions import back_up, restore, whole_or_nothing
from tests.operating.conftest import files, rows


def quiet(_line):
    pass


def come_and_go(app, ended):
    """Stores a file with its row, then takes the oldest away as the house does: first the row, after it the file."""
    kept, number = [], 0
    with app.app_context():
        while not ended.is_set():
            number += 1
            content = f"{threading.get_ident()} {number}".encode()
            key = storage().put(io.BytesIO(content))
            digest = hashlib.sha256(content).hexdigest()
            with transaction():
                file = keep_content(Content(key, "a.zip", "application/zip", len(content), digest), owner_id=1)
                kept.append((file.id, key))
            if len(kept) > 5:
                old, its_key = kept.pop(0)
                with transaction():
                    db.session.delete(db.session.get(StoredFile, old))
                    after_commit(lambda its_key=its_key: storage().delete(its_key))
        db.session.remove()


def test_a_backup_under_load_has_every_file_of_its_rows(there, house, tmp_path):
    ended = threading.Event()
    threads = [threading.Thread(target=come_and_go, args=(there, ended)) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        with there.app_context():
            packed = [back_up(tmp_path / f"{number}.tar", tell=quiet) for number in range(4)]
            db.session.remove()
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert [(one.missing, one.damaged) for one in packed] == [((), ())] * 4
    with tarfile.open(tmp_path / "3.tar") as archive:
        names = [name for name in archive.getnames() if name.startswith("files/")]
        assert json.load(archive.extractfile("end.json"))["files"] == len(names) > 0
    with house().app_context():
        with (tmp_path / "3.tar").open("rb") as source, whole_or_nothing() as stored, transaction():
            restore(source, stored=stored, tell=quiet)
        assert {f"files/{key}" for key in files()} == set(names)
        assert len(rows()["files"]) == len(names)
        db.session.remove()
