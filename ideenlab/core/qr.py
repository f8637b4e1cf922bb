from functools import lru_cache
from io import BytesIO

import segno


@lru_cache(maxsize=256)
def qr_picture(address: str) -> str:
    """A QR code as a data address, dark on light in both themes."""
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff"))


@lru_cache(maxsize=256)
def qr_png(text: str, *, border: int = 4) -> bytes:
    """A QR code as a file, large enough for the screen of a phone."""
    picture = BytesIO()
    segno.make(text, error="m").save(picture, kind="png", scale=8, border=border)
    return picture.getvalue()
