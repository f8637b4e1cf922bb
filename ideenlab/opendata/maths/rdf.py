"""Statements about data, written as Turtle, RDF/XML and JSON-LD. All three say the same."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ideenlab.opendata.maths.atom import quoted, xml

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#", "dcatap": "http://data.europa.eu/r5r/",
    "dcatde": "http://dcat-ap.de/def/dcatde/", "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "vcard": "http://www.w3.org/2006/vcard/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip
TYPE = "rdf:type"
NOT_IN_ADDRESS = re.compile(r'[\x00-\x20<>"{}|^`\\]')


@dataclass(frozen=True)
class Address:
    """Something that has an address."""

    url: str


@dataclass(frozen=True)
class Words:
    """A text in a language, or a value of a type."""

    text: str
    language: str = ""
    datatype: str = ""  # such as `xsd:dateTime`


Statement = tuple[str, str, Address | Words]  # about which address, what (`dct:title`), and it


def whole(name: str) -> str:
    """`dct:title` as its address."""
    prefix, local = name.split(":", 1)
    return PREFIXES[prefix] + local


def safe(url: str) -> str:
    """An address that holds no sign that could end it."""
    return NOT_IN_ADDRESS.sub(lambda match: f"%{ord(match[0]):02X}", url)


def turtle(statements: Iterable[Statement]) -> str:
    lines = [f"@prefix {name}: <{url}> ." for name, url in PREFIXES.items()]
    for subject, group in groupby(statements, lambda statement: statement[0]):
        said = [f"    {'a' if name == TYPE else name} {_in_turtle(value)}" for _subject, name, value in group]
        lines += ["", f"<{safe(subject)}>", " ;\n".join(said) + " ."]
    return "\n".join([*lines, ""])


def _in_turtle(value: Address | Words) -> str:
    if isinstance(value, Address):
        return f"<{safe(value.url)}>"
    text = json.dumps(value.text, ensure_ascii=True)  # a string of JSON without surrogates is one of Turtle
    text = re.sub(r"\\u(d[89ab]..)\\u(d[c-f]..)", _one_sign, text, flags=re.IGNORECASE)
    return text + (f"@{value.language}" if value.language else f"^^{value.datatype}" if value.datatype else "")


def _one_sign(match: re.Match[str]) -> str:
    high, low = int(match[1], 16), int(match[2], 16)
    return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08X}"


def rdf_xml(statements: Iterable[Statement]) -> str:
    names = " ".join(f'xmlns:{name}="{url}"' for name, url in PREFIXES.items())
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f"<rdf:RDF {names}>"]
    for subject, group in groupby(statements, lambda statement: statement[0]):
        lines.append(f"<rdf:Description rdf:about={quoted(safe(subject))}>")
        lines += [_in_xml(name, value) for _subject, name, value in group]
        lines.append("</rdf:Description>")
    return "\n".join([*lines, "</rdf:RDF>", ""])


def _in_xml(name: str, value: Address | Words) -> str:
    if isinstance(value, Address):
        return f"  <{name} rdf:resource={quoted(safe(value.url))}/>"
    mark = f" xml:lang={quoted(value.language)}" if value.language else ""
    if value.datatype:
        mark = f" rdf:datatype={quoted(whole(value.datatype))}"
    return f"  <{name}{mark}>{xml(value.text)}</{name}>"


def json_ld(statements: Iterable[Statement]) -> str:
    graph = []
    for subject, group in groupby(statements, lambda statement: statement[0]):
        node: dict[str, Any] = {"@id": safe(subject)}
        for _subject, name, value in group:
            if name == TYPE and isinstance(value, Address):
                node.setdefault("@type", []).append(value.url)
            else:
                node.setdefault(name, []).append(_in_json(value))
        graph.append(node)
    return json.dumps({"@context": PREFIXES, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _in_json(value: Address | Words) -> dict[str, str]:
    if isinstance(value, Address):
        return {"@id": safe(value.url)}
    mark = {"@language": value.language} if value.language else {"@type": value.datatype} if value.datatype else {}
    return {"@value": value.text, **mark}
