"""The catalogue of what there is, as DCAT-AP.de 3.0: GovData and the Länder's portals read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.core.i18n import LANGUAGES, speaking
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.core.links import full_address, public_url
from ideenlab.core.page_cache import only_if_new, same_for_visitors
from ideenlab.core.security import city
from ideenlab.ideas.models import Call
from ideenlab.ideas.queries import calls
from ideenlab.opendata.maths.rdf import TYPE, Address, Statement, Words, json_ld, rdf_xml, turtle, whole
from ideenlab.opendata.views.door import blueprint

WRITERS = {
    "ttl": (turtle, "text/turtle"), "rdf": (rdf_xml, "application/rdf+xml"), "jsonld": (json_ld, "application/ld+json"),
}  # fmt: skip
EU = "http://publications.europa.eu/resource/authority"
CC_BY = "http://dcat-ap.de/def/licenses/cc-by/4.0"
NO_LICENCE_NAMED = "http://dcat-ap.de/def/licenses/other-closed"
KINDS = {
    "csv": ("CSV", "text/csv"), "json": ("JSON", "application/json"), "atom": ("ATOM", "application/atom+xml"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}  # fmt: skip


@dataclass(frozen=True)
class Dataset:
    """Something to take along; `title` and `about` are said in each language of the house."""

    path: str
    title: object
    about: object
    downloads: dict[str, str]
    api: str = ""
    licence: str = CC_BY
    values: Mapping[str, object] = field(default_factory=dict)
    issued: datetime | None = None


def _datasets() -> Iterator[Dataset]:
    for call in calls():
        yield from _of_call(call)
    yield Dataset(
        "termine", _l("Programme of events"), _l("When what takes place where, and how accessible it is."),
        _downloads("opendata.export_events") | {"atom": url_for("opendata.feed_of_events")}, "api.events",
    )  # fmt: skip
    yield Dataset(
        "prototypen", _l("Prototypes of hackathons"),
        _l("What teams handed in; each under the licence that its team chose."),
        _downloads("opendata.export_prototypes"), "api.prototypes", licence=NO_LICENCE_NAMED,
    )  # fmt: skip
    yield Dataset(
        "ergebnisse", _l("Results of hackathons"), _l("Who won, with the checksum of the protocol."),
        {"atom": url_for("opendata.feed_of_results")}, "api.results",
    )  # fmt: skip


def _of_call(call: Call) -> Iterator[Dataset]:
    named = {"title": call.title}
    feed = {"atom": url_for("opendata.feed_of_call", slug=call.slug)}
    yield Dataset(
        f"ideen-{call.slug}", _l("Ideas of citizens: %(title)s"),
        _l("Ideas with topic, district, support and the city's answer."),
        _downloads("opendata.export_ideas", slug=call.slug) | feed, "api.ideas", values=named, issued=call.collect_from,
    )  # fmt: skip
    yield Dataset(
        f"kommentare-{call.slug}", _l("Comments on ideas: %(title)s"),
        _l("What citizens said about the ideas of this call."),
        _downloads("opendata.export_comments", slug=call.slug), licence=NO_LICENCE_NAMED, values=named,
        issued=call.discuss_from,
    )  # fmt: skip


def _downloads(endpoint: str, **values: Any) -> dict[str, str]:
    return {kind: url_for(endpoint, filetype=kind, **values) for kind in ("csv", "json", "xlsx")}


def _said(about: str, name: str, sentence: object, values: Mapping[str, object] | None = None) -> Iterator[Statement]:
    for spoken in LANGUAGES:
        with speaking(spoken):
            yield about, name, Words(str(sentence) % (values or {}), language=spoken)


def _catalogue() -> Iterator[Statement]:
    base, datasets = city().base_url, list(_datasets())
    here, publisher = f"{base}/#catalogue", f"{base}/#publisher"
    yield here, TYPE, Address(whole("dcat:Catalog"))
    yield from _said(here, "dct:title", _l("Open data: %(city)s"), {"city": city().city_name})
    yield from _said(
        here, "dct:description", _l("What citizens proposed, what the city answered, and what came of it.")
    )
    yield here, "dct:publisher", Address(publisher)
    yield here, "foaf:homepage", Address(public_url("opendata.open_data"))
    for code in ("DEU", "ENG"):
        yield here, "dct:language", Address(f"{EU}/language/{code}")
    for dataset in datasets:
        yield here, "dcat:dataset", Address(_address_of(dataset))
    yield publisher, TYPE, Address(whole("foaf:Agent"))
    yield publisher, "foaf:name", Words(city().city_name, language="de")
    for dataset in datasets:
        yield from _dataset(dataset, publisher)


def _address_of(dataset: Dataset) -> str:
    return f"{city().base_url}/#dataset-{dataset.path}"


def _dataset(dataset: Dataset, publisher: str) -> Iterator[Statement]:
    here = _address_of(dataset)
    yield here, TYPE, Address(whole("dcat:Dataset"))
    yield from _said(here, "dct:title", dataset.title, dataset.values)
    yield from _said(here, "dct:description", dataset.about)
    yield here, "dct:publisher", Address(publisher)
    yield here, "dct:identifier", Words(here)
    yield here, "dcat:theme", Address(f"{EU}/data-theme/GOVE")
    yield here, "dct:accrualPeriodicity", Address(f"{EU}/frequency/CONT")
    if dataset.issued:
        yield here, "dct:issued", Words(dataset.issued.astimezone(UTC).isoformat(), datatype="xsd:dateTime")
    kinds = [*dataset.downloads, *(["api"] if dataset.api else [])]
    for kind in kinds:
        yield here, "dcat:distribution", Address(f"{here}-{kind}")
    for kind, path in dataset.downloads.items():
        yield from _distribution(f"{here}-{kind}", kind, full_address(path), dataset.licence)
    if dataset.api:
        yield from _distribution(f"{here}-api", "json", full_address(url_for(dataset.api)), dataset.licence)


def _distribution(here: str, kind: str, address: str, licence: str) -> Iterator[Statement]:
    name, media_type = KINDS[kind]
    yield here, TYPE, Address(whole("dcat:Distribution"))
    yield here, "dct:title", Words(name, language="de")
    yield here, "dcat:accessURL", Address(address)
    yield here, "dcat:downloadURL", Address(address)
    yield here, "dct:format", Address(f"{EU}/file-type/{name}")
    yield here, "dcat:mediaType", Address(f"https://www.iana.org/assignments/media-types/{media_type}")
    yield here, "dct:license", Address(licence)
    yield here, "dcatde:licenseAttributionByText", Words(city().city_name, language="de")
    yield (
        here,
        "dcatap:availability",
        Address(f"{EU}/planned-availability/STABLE"),
    )


@blueprint.get("/catalog.<any(ttl, rdf, jsonld):syntax>")
@public
@same_for_visitors
def catalogue(syntax: str) -> ResponseReturnValue:
    write, media_type = WRITERS[syntax]
    response = Response(write(_catalogue()), mimetype=media_type)
    response.add_etag()
    if not request.cookies:
        response.headers["Cache-Control"] = "public, max-age=300"
    return only_if_new(response)
