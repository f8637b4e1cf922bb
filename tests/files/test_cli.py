import io

from ideenlab.core.db import transaction
from ideenlab.core.jobs import JOBS
from ideenlab.core.storage import storage
from ideenlab.files.actions import keep_content, store_content
from tests.files.samples import archive


def test_the_janitor_says_what_it_found(app):
    content = store_content(io.BytesIO(archive()), name="a.zip", size=100)
    with transaction():
        keep_content(content, owner_id=1)
    runner = app.test_cli_runner()
    done = runner.invoke(args=["files", "janitor"])
    assert (done.exit_code, done.output) == (0, "0 unfinished uploads and 0 unclaimed files removed\n")
    storage().delete(content.key)
    done = runner.invoke(args=["files", "janitor"])
    assert done.exit_code == 1
    assert f"missing: {content.key}" in done.output


def test_the_janitor_comes_by_every_hour(app):
    assert JOBS["files.janitor"].seconds == 3600
    JOBS["files.janitor"].work()
