"""A client of the tus protocol, as raw requests."""

import base64

from tests.files.samples import archive

TUS = {"Tus-Resumable": "1.0.0"}


def begin(client, team, name="a.zip", size=None, headers=(), **options):
    """Make an upload; its address is `.location`."""
    given = {
        "Upload-Length": str(len(archive()) if size is None else size),
        "Upload-Metadata": f"filename {base64.b64encode(name.encode()).decode()},filetype",
    }  # fmt: skip
    return client.post(f"/team/{team.id}/prototyp/uploads", headers={**TUS, **given, **dict(headers)}, **options)


def send(client, url, piece, offset, kind="application/offset+octet-stream", **options):
    return client.patch(url, data=piece, headers={**TUS, "Upload-Offset": str(offset)}, content_type=kind, **options)


def stands_at(client, url):
    return int(client.head(url, headers=TUS).headers["Upload-Offset"])
