"""Files made on the spot: good ones and hostile ones. Each function gives bytes."""

import io
import os
import struct
import zipfile
import zlib

from PIL import Image


def picture(kind="PNG", size=(40, 30), mode="RGB", **options):
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(out, kind, **options)
    return out.getvalue()


def animation(kind="GIF", frames=3, size=(20, 20)):
    out = io.BytesIO()
    pictures = [Image.new("L", size, 37 * number % 256) for number in range(frames)]
    pictures[0].save(out, kind, save_all=True, append_images=pictures[1:], duration=100, loop=0)
    return out.getvalue()


def photo(kind="JPEG", orientation=1, place=(52.27, 8.04)):
    """A picture that says where it was taken, by which camera, and which side is up."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9286] = orientation, "GeheimeKamera", b"GeheimerKommentar"
    exif.get_ifd(0x8825)[2] = place
    return picture(kind, exif=exif)


def png_of_size(width, height, bit_depth=8, colour=2):
    """A PNG whose header claims a size; the pixels are zeros, which compress to nothing."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    row = b"\0" + b"\0" * (width * bit_depth * (3 if colour == 2 else 1) // 8)
    packer, data = zlib.compressobj(9), b""
    for _number in range(min(height, 2_000)):
        data += packer.compress(row)
    header = struct.pack(">IIBBBBB", width, height, bit_depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data + packer.flush()) + chunk(b"IEND", b"")


def archive(entries=(("lies-mich.txt", b"Hallo"),)):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in entries:
            target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # of 1980, so always the same
    return out.getvalue()


def locked_archive():
    data = bytearray(archive())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def archive_claiming(unpacked):
    """An archive whose list says that its one file becomes this large."""
    data = bytearray(archive())
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", unpacked)
    return bytes(data)


def archive_with_endless_list():
    """The end of the archive says that its list is 100 MB long."""
    data = bytearray(archive())
    place = data.index(b"PK\x05\x06")
    data[place + 12 : place + 16] = struct.pack("<I", 100_000_000)
    return bytes(data)


def document(body=b""):
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + body + b"\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"


def box(kind, content=b""):
    return struct.pack(">I4s", 8 + len(content), kind) + content


def film(content=b"\0" * 64):
    return box(b"ftyp", b"isom\0\0\0\0isom") + box(b"moov", box(b"mvhd", b"\0" * 100)) + box(b"mdat", content)


PROGRAM = b"MZ\x90\x00" + os.urandom(300)
PAGE = b"<!doctype html><script>alert(1)</script>"
GOOD = {
    "a.png": picture("PNG"), "a.jpg": picture("JPEG"), "a.jpeg": picture("JPEG"), "a.webp": picture("WEBP"),
    "a.gif": picture("GIF", mode="P"), "a.zip": archive(), "a.pdf": document(), "a.mp4": film(),
}  # fmt: skip


def hostile():
    """Name, content and a word of the sentence with which it is refused."""
    damaged, foreign = "damaged", "does not fit"
    return [
        ("empty.png", b"", foreign),
        ("program.png", PROGRAM, foreign),
        ("page.pdf", PAGE, foreign),
        ("page.jpg", PAGE, foreign),
        ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", foreign),
        ("other.png", picture("JPEG"), foreign),
        ("other.mp4", picture("GIF", mode="P"), foreign),
        ("program.zip", PROGRAM + archive(), foreign),
        ("script.pdf", b"#!/bin/sh\n" + document(), foreign),
        ("large.png", png_of_size(9_000, 9_000), "million pixels"),
        ("larger.png", png_of_size(13_300, 13_300), "million pixels"),
        ("bits.png", png_of_size(30_000, 30_000, bit_depth=1, colour=0), "million pixels"),
        ("cut.png", picture("PNG")[:200], damaged),
        ("cut.jpg", picture("JPEG")[:300], damaged),
        ("cut.webp", picture("WEBP", size=(200, 200))[:300], damaged),
        ("head.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, damaged),
        ("frames.gif", animation(frames=600, size=(220, 220)), "million pixels"),
        ("frames.webp", animation("WEBP", frames=120, size=(500, 500)), "million pixels"),
        ("entries.zip", archive([(f"{number}", b"") for number in range(10_001)]), "10,000 files"),
        ("list.zip", archive_with_endless_list(), "10,000 files"),
        ("bomb.zip", archive_claiming(2_000_000_000), "1 GB"),
        ("outside.zip", archive([("../../etc/cron.d/evil", b"x")]), "outside"),
        ("root.zip", archive([("C:\\Windows\\evil.dll", b"x")]), "outside"),
        ("locked.zip", locked_archive(), "password"),
        ("cut.zip", archive()[:40], damaged),
        ("cut.pdf", document()[:20], damaged),
        ("cut.mp4", film()[:-10], damaged),
        ("still.mp4", box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"mdat", b"\0" * 30), damaged),
        ("loop.mp4", box(b"ftyp", b"isom") + struct.pack(">I4s", 4, b"free") * 10, damaged),
    ]  # fmt: skip


def sheet_file(**more):
    """What a spreadsheet program writes, as far as anybody looks at it."""
    names = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
    return archive([*names.items(), *more.items()])


def ods_file(kind=b"application/vnd.oasis.opendocument.spreadsheet", way=zipfile.ZIP_STORED, extra=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(zipfile.ZipInfo("mimetype"), kind, way)
        for name in ("content.xml", *extra):
            target.writestr(zipfile.ZipInfo(name), b"<office/>", zipfile.ZIP_DEFLATED)
    return out.getvalue()


def data_files():
    """Name, content and a word of the refusal; an empty one where the file is taken."""
    foreign, large = "does not fit", sheet_file(**{"xl/worksheets/sheet1.xml": b"0" * 2_000_000})
    return [
        ("a.csv", b"Ort;Zahl\r\nOsnabr\xc3\xbcck;3", ""), ("excel.csv", "Ort;Größe\n".encode("cp1252"), ""),
        ("wide.csv", "Ort\tZahl\n".encode("utf-16"), ""), ("empty.csv", b" \n ", foreign),
        ("page.csv", b"\xef\xbb\xbf\n<!doctype html><script>alert(1)</script>", foreign),
        ("script.csv", b"#!/bin/sh\nrm -rf /", foreign), ("program.csv", PROGRAM, foreign),
        ("picture.csv", picture("PNG"), foreign), ("paper.csv", document(), foreign),
        ("a.json", b'\xef\xbb\xbf{"a": [1, 2.5, null]}', ""), ("long.json", b"9" * 10_000, ""),
        ("cut.json", b'{"a": ', foreign), ("deep.json", b"[" * 200_000, foreign), ("nan.json", b"[NaN]", foreign),
        ("latin.json", b'["\xfc"]', foreign), ("page.json", PAGE, foreign),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [{"type": "Feature"}]}', ""),
        ("plain.geojson", b'{"type": "Haus"}', foreign), ("list.geojson", b'[{"type": "Point"}]', foreign),
        ("a.xlsx", sheet_file(), ""), ("large.xlsx", large, ""), ("plain.xlsx", archive(), foreign),
        ("macro.xlsx", sheet_file(**{"xl/vbaProject.bin": b"x"}), "macros"), ("other.xlsx", picture("PNG"), foreign),
        ("outside.xlsx", sheet_file(**{"../evil": b"x"}), "outside"), ("locked.xlsx", locked_archive(), "password"),
        ("cut.xlsx", sheet_file()[:40], "damaged"), ("bomb.xlsx", archive_claiming(2_000_000_000), "1 GB"),
        ("a.ods", ods_file(), ""), ("text.ods", ods_file(b"application/vnd.oasis.opendocument.text"), foreign),
        ("packed.ods", ods_file(way=zipfile.ZIP_DEFLATED), foreign), ("sheet.ods", sheet_file(), foreign),
        ("macro.ods", ods_file(extra=("Basic/Standard/Module1.xml",)), "macros"),
    ]  # fmt: skip


HARMLESS_AFTERWARDS = {
    "php.jpg": lambda: picture("JPEG") + b"<?php system($_GET[0]); ?>",
    "comment.jpg": lambda: picture("JPEG", comment=b"<?php system(1); ?>"),
    "tail.png": lambda: picture("PNG") + archive(),
    "script.gif": lambda: picture("GIF", mode="P", comment=b"=1;alert('<?php')"),
}
