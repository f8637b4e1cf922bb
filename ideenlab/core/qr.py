import segno


def qr_picture(address: str) -> str:
    """A QR code as a data address, dark on light in both themes."""
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff"))
