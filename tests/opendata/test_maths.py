"""Feeds, statements and pictures, read by others."""

from datetime import UTC, datetime
from io import BytesIO

import feedparser
import pytest
from PIL import Image
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic

from ideenlab.opendata.maths.atom import Entry, Feed, write_feed
from ideenlab.opendata.maths.card import HEIGHT, MARGIN, WIDTH, Card, draw, fitted
from ideenlab.opendata.maths.rdf import Address, Statement, Words, json_ld, rdf_xml, turtle

AT = datetime(2027, 6, 27, 16, tzinfo=UTC)
SIMPLE = ["<b>&\"'", "]]>", "\\u0041\\", "😀 Ünï", '"""', "@de ^^x ."]
NASTY = [*SIMPLE, "a\x00b\x0bc\x1f", "Zeile\nzwei\ttab", "\ufffe\uffff"]
TITLES = ["", "Kurz", "Wort " * 60, "Donaudampfschifffahrtsgesellschaft" * 9, "😀 漢字 Żółć", "a\nb\tc"]


def test_a_feed_is_read_back_whatever_stands_in_it():
    for text in NASTY:
        entry = Entry("https://x.example/1", text, text, AT, AT, text)
        feed = Feed("https://x.example/f", "https://x.example/", text, text, "de", text, (entry, entry))
        read = feedparser.parse(write_feed(feed))
        assert (read.bozo, len(read.entries), read.entries[0].updated) == (False, 2, "2027-06-27T16:00:00Z"), text
    empty = feedparser.parse(write_feed(Feed("https://x.example/f", "https://x.example/", "Leer", "S", "de", "", ())))
    assert (empty.bozo, empty.feed.title, empty.feed.updated) == (False, "Leer", "1970-01-01T00:00:00Z")


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_the_three_syntaxes_say_the_same():
    here = "https://x.example/#a b<>"
    said: list[Statement] = [(here, "rdf:type", Address("http://www.w3.org/ns/dcat#Dataset"))]
    said += [(here, "dct:title", Words(text, language="de")) for text in SIMPLE]
    said += [(here, "dct:issued", Words(AT.isoformat(), datatype="xsd:dateTime"))]
    said += [(here, "dct:source", Address("https://x.example/ü"))]
    written = (turtle(said), "turtle"), (rdf_xml(said), "xml"), (json_ld(said), "json-ld")
    first, *others = [Graph().parse(data=text, format=form) for text, form in written]
    assert [isomorphic(first, other) for other in others] == [True, True]
    assert len(first) == len(said)
    titles = set(first.objects(None, URIRef("http://purl.org/dc/terms/title")))
    assert titles == {Literal(text, lang="de") for text in SIMPLE}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_fits_on_its_card_however_long(title):
    lines, size = fitted(title)
    assert (len(lines) <= 4, 48 <= size <= 76) == (True, True)
    picture = Image.open(BytesIO(draw(Card("Teststadt", "Idee", title, "12 Unterstützungen"))))
    assert (picture.size, picture.format) == ((WIDTH, HEIGHT), "PNG")
    edge = picture.crop((WIDTH - MARGIN // 2, 0, WIDTH, HEIGHT - 110))
    assert edge.getextrema() == ((255, 255),) * 3
    assert title != "Wort " * 60 or lines[-1].endswith(" …")


def test_a_card_has_the_colour_of_the_city():
    picture = Image.open(BytesIO(draw(Card("Teststadt", "Idee", "Bänke", colour="#7a1f5c"))))
    assert picture.getpixel((2, 2)) == picture.getpixel((WIDTH - 2, HEIGHT - 2)) == (0x7A, 0x1F, 0x5C)
