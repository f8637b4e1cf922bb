"""Every bad input of the table goes through every form that can meet it; the outcome is exact."""

import html
import re

import pytest
from sqlalchemy import func, select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.mail.models import Mail
from tests.factories import a_comment, a_person, a_registration, a_team
from tests.guards.bad_inputs import DRIVEN, HELD, KEPT, NOT_HERE, REFUSED, drives
from tests.guards.conftest import stored
from tests.guards.doors import ADDRESSES, BOXES, LINES, TEXTS, somebody
from tests.ideas.test_views_hostile import dangers

ALL = range(1, 118)
HOSTILE_NUMBERS = {6, 7, 10, 11, 41, 42, 43}  # after these every page is searched for what runs


def enter(client, house, box):
    """Sign in who fills in this form; nobody for a visitor."""
    if house.inside == box.who and box.who in house.people:
        return
    client.sign_out()
    house.inside = box.who
    number = somebody(house, box.who)
    if number:
        client.sign_in(db.session.get(Person, number))


def send(client, house, box, typed, *, compared=True):
    """Post the form with this content in the box. Gives the answer and what else was typed."""
    enter(client, house, box)
    path, form = box.path(house), {**box.rest(house), box.field: typed}
    before = stored() if compared else {}
    return client.post(path, data=form), form, before


def error_at(page, field):
    found = re.search(rf'id="{field}-error".*?</p>', page.text, re.DOTALL)
    return html.unescape(found[0]) if found else ""


def check_refused(answer, form, before, box, says):
    assert answer.status_code == 422, box
    assert says in error_at(answer, box.field), (box, error_at(answer, box.field))
    assert stored() == before, box
    if box.shows:
        assert form[box.shows] in html.unescape(answer.text), box


@pytest.mark.parametrize("number", sorted({row.number for row in REFUSED}), ids=lambda number: f"B{number}")
def test_what_cannot_be_is_refused_at_its_field(client, house, number):
    sent = 0
    for row in (row for row in REFUSED if row.number == number):
        for kind in row.kinds:
            for box in BOXES[kind]:
                if row.says == "Bitte " and not box.required:
                    continue
                answer, form, before = send(client, house, box, row.value(kind))
                check_refused(answer, form, before, box, row.says)
                sent += 1
    assert sent >= 2


@pytest.mark.parametrize("number", sorted({row.number for row in KEPT}), ids=lambda number: f"B{number}")
def test_what_looks_bad_is_kept_and_never_runs(client, house, number):
    rows = [row for row in KEPT if row.number == number]
    for place, box in enumerate(LINES + TEXTS):  # the values of a number take turns; names are unique by the place
        row = rows[place % len(rows)]
        kept = row.line if box in LINES else row.text
        answer, _form, _before = send(client, house, box, f"Eine Bank {row.typed} {place}", compared=False)
        assert answer.status_code == 303, (box, row)
        db.session.rollback()
        assert box.stored(house) == f"Eine Bank {kept} {place}", (box, row)
    client.sign_in(db.session.get(Person, house.people["organiser"]))
    for page in house.pages() if number in HOSTILE_NUMBERS else ():
        assert [danger for danger in dangers(client.get(page).text) if "data:image" not in danger] == [], page


@drives(1, 2)
def test_what_need_not_be_filled_in_is_empty_then(client, house):
    for box in (box for box in LINES + TEXTS if not box.required):
        for typed in ("", " \t", "\u200b\ufeff"):
            answer, _form, _before = send(client, house, box, typed)
            assert (answer.status_code, box.stored(house)) == (303, ""), box


@drives(3, 4)
@pytest.mark.parametrize("box", LINES + TEXTS, ids=str)
def test_lengths_end_where_the_form_says(client, house, box):
    shortest = max(1, box.shortest)
    for length in (shortest, box.longest):
        typed = "ä" * length
        answer, _form, _before = send(client, house, box, typed)
        assert (answer.status_code, box.stored(house)) == (303, typed), length
    refused = {"ä" * (box.longest + 1): f"höchstens {box.longest} Zeichen. Das ist 1 Zeichen zu viel."}
    if box.shortest:
        refused |= {"ä": f"mindestens {box.shortest} Zeichen"}
    for typed, says in refused.items():
        answer, form, before = send(client, house, box, typed)
        check_refused(answer, form, before, box, says)
        assert typed in html.unescape(answer.text)


@drives(5)
def test_a_million_characters_are_too_many(client, house):
    for box in LINES + TEXTS + ADDRESSES:
        answer, _form, before = send(client, house, box, "x" * 1_000_001)
        assert answer.status_code == 413, box
        assert stored() == before, box


@drives(15)
@pytest.mark.parametrize("box", LINES + TEXTS, ids=str)
def test_bytes_that_are_no_text_break_nothing(client, house, box):
    enter(client, house, box)
    path, form = box.path(house), box.rest(house)
    rest = "&".join(f"{name}={value.replace(' ', '+').replace('&', '')}" for name, value in form.items()
                    if name != box.field)  # fmt: skip
    body = f"{rest}&{box.field}=Bank%ff%fe+am+Weg".encode()
    answer = client.post(path, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303
    assert box.stored(house) == "Bank%FF%FE am Weg"  # as the codes that came


@drives(15)
@pytest.mark.parametrize("box", LINES + TEXTS, ids=str)
def test_half_a_character_is_no_character(client, house, box):
    """A lone surrogate, as its three bytes: no browser sends it."""
    enter(client, house, box)
    form = {name: value.replace(" ", "+").replace("&", "") for name, value in box.rest(house).items()}
    form[box.field] = "Bank%ed%a0%80+am+Weg"
    body = "&".join(f"{name}={value}" for name, value in form.items()).encode()
    answer = client.post(box.path(house), data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303
    assert box.stored(house) == "Bank%ED%A0%80 am Weg"


NAMES = [box for box in LINES if box.name.startswith(("pseudonym", "new name", "name of a new"))]
VARIANTS = ["Uhu & Kauz", " uhu & kauz ", "UHU\u00a0& KAUZ", "Uhu &  Kauz", "Uhu & Kаuz", "Uhu\u200b & Kauz"]


@drives(16, 17, 19)
@pytest.mark.parametrize("box", NAMES, ids=str)
@pytest.mark.parametrize("typed", VARIANTS)
def test_a_name_that_looks_like_another_is_taken(client, house, box, typed):
    a_person(pseudonym="Uhu & Kauz")
    a_team(house.hackathon, name="Uhu & Kauz")
    answer, form, before = send(client, house, box, typed)
    check_refused(answer, form, before, box, "")
    assert "vergeben" in error_at(answer, box.field) or "gibt es" in error_at(answer, box.field)


OFFICIAL = ["admin", "\u0430dmin", "ADMIN", "null", "moderation", "Teststadt", "Stadt Teststadt"]


@drives(17, 18)
@pytest.mark.parametrize(
    "typed", ["admin", "\u0430dmin", "ADMIN", "null", "moderation", "Teststadt", "Stadt Teststadt"]
)
def test_nobody_calls_themselves_the_city(client, house, typed):
    for box in (box for box in LINES if box.name.startswith("pseudonym")):
        answer, form, before = send(client, house, box, typed)
        check_refused(answer, form, before, box, "Dieser Name klingt amtlich.")


@drives(18, 22)
@pytest.mark.parametrize("title", ["neu", "admin", "api", "..", "null", "undefined", "../../etc", "C:\\x", "%2e%2f"])
def test_a_title_never_becomes_an_address_that_means_something_else(client, house, title):
    for box in (box for box in LINES if box.name in ("title of a hackathon", "title of a call", "title of an edition")):
        answer, _form, _before = send(client, house, box, title)
        assert answer.status_code == 303
        assert box.stored(house) == title
        assert client.get(answer.location).status_code == 200
        slug = answer.location.rpartition("/")[2]
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug), slug
        assert slug not in ("neu", "admin", "api", "null", "undefined")


@drives(20)
def test_the_same_title_over_and_over_has_its_own_address_each_time(client, house):
    for box in (box for box in LINES if box.name in ("title of a hackathon", "title of a call", "title of an edition")):
        places = set()
        for _number in range(12):
            answer, _form, _before = send(client, house, box, "Immer gleich")
            assert answer.status_code == 303
            places.add(answer.location)
        assert len(places) == 12 or box.name == "title of an edition"


@drives(31)
@pytest.mark.parametrize("typed", ["  Neu{}@Example.ORG ", "\u200bneu{}@example.org\t", "neu{}@example.org\r\n"])
def test_what_stands_around_an_address_is_no_part_of_it(client, house, typed):
    box = ADDRESSES[0]
    answer, _form, _before = send(client, house, box, typed.format(7))
    assert (answer.status_code, box.stored(house)) == (303, "neu7@example.org")
    assert db.session.scalars(select(Mail.recipient)).all() == ["neu7@example.org"]


@drives(25, 27)
def test_a_refused_address_never_gets_a_mail(client, house):
    for box in ADDRESSES:
        for typed in ("a@x.de\r\nBcc: v@y.de", "a@x.de,b@y.de", "a@x.de;b@y.de"):
            send(client, house, box, typed)
    db.session.rollback()
    assert db.session.scalar(select(func.count(Mail.id))) == 0


PASSWORDS = [
    ("sieben7", "Bitte mindestens 8 Zeichen."), ("x" * 129, "Das ist 1 Zeichen"), ("password", "leicht zu erraten"),
    ("Ideenlab2026", "leicht zu erraten"), ("teststadt1", "leicht zu erraten"),
]  # fmt: skip


@drives(34, 37)
@pytest.mark.parametrize(("typed", "says"), PASSWORDS)
def test_a_password_has_8_to_128_characters_and_is_not_easy(client, house, typed, says):
    form = {"pseudonym": "Nachteule", "email": "eule@example.org", "age_band": "adult", "password": typed}
    for path, given in (("/registrieren", form), ("/konto/passwort", {"code": "12345678", "password": typed})):
        client.sign_out()
        if path == "/konto/passwort":
            client.sign_in(house.author)
        before = stored()
        answer = client.post(path, data=given)
        assert (answer.status_code, says in error_at(answer, "password")) == (422, True), path
        assert stored() == before
        assert re.search(r'<input[^>]*type="password"[^>]*value=""', answer.text)


@drives(34, 36)
@pytest.mark.parametrize("password", ["acht 8 ä", " vorn und hinten ", "🦉 fliegt nachts 🦉", "q w" * 42 + "ab"])
def test_a_password_counts_exactly_as_it_was_typed(client, password):
    from ideenlab.core.passwords import is_password

    form = {"pseudonym": "Nachteule", "email": "eule@example.org", "age_band": "adult", "password": password}
    assert client.post("/registrieren", data=form).status_code == 303
    db.session.rollback()
    kept = db.session.scalars(select(Person.password_hash)).one()
    assert is_password(password, kept)
    assert not is_password(password.strip() + "!", kept)


CODES = ["", " ", "00000000", "null", "undefined", "0", "' OR 1=1", "１２３４５６７８", "\x00", "9" * 500, "[]"]


@drives(38)
@pytest.mark.parametrize("door", ["sign-in", "team", "password", "address"])
def test_what_is_no_code_opens_nothing(client, house, door):
    path, rest = {
        "sign-in": ("/anmelden/code", {}),
        "team": (f"/hackathon/{house.hackathon.slug}/teams/beitreten", {}),
        "password": ("/konto/passwort", {"password": "Drei Eulen fliegen"}),
        "address": ("/konto/adresse", {"email": "neu@example.org", "password": ""}),
    }[door]
    forms = [{"code": code} for code in CODES] + [{}, {"code[]": "12345678"}, {"code": ["1", "2"]}]
    for form in forms:
        client.sign_out()
        if door == "sign-in":  # a person of its own each time: after five wrong ones the next is slowed
            client.post("/anmelden", data={"email": a_person().email})
        elif door == "team":
            client.sign_in(a_registration(house.hackathon).person)
        else:
            client.sign_in(a_person())
        before = stored()
        answer = client.post(path, data={**rest, **form})
        assert answer.status_code == 422, form
        assert stored() == before, form


LINKS_IN_MAILS = [
    "/registrieren/bestaetigen/", "/registrieren/zustimmung/", "/konto/adresse/", "/passwort-neu/", "/jury/einladung/",
    "/team/einladung/",
]  # fmt: skip


@drives(38, 40)
@pytest.mark.parametrize("begin", LINKS_IN_MAILS)
def test_a_link_that_is_none_is_one_text_for_all(client, house, begin):
    texts, form = set(), {"password": "Drei Eulen fliegen"}
    for secret in ("x", "null", "0" * 43, "x" * 42, "x" * 44, "A" * 43, "%20", "-" * 2000):
        for answer in (
            client.get(begin + secret),
            client.post(begin + secret, data=form),
        ):
            assert answer.status_code == 410, (begin, secret)
            texts.add(re.sub(r'<input[^>]*>|href="[^"]*"', "", answer.text))
    assert len(texts) == 1


@drives(51)
def test_two_hundred_answers_to_answers_stay_readable(client, house):
    parent = None
    for _depth in range(200):
        parent = a_comment(house.idea, house.author, parent_id=parent.id if parent else None)
    page = client.get(f"/idee/{house.idea.id}")
    assert page.status_code == 200
    assert len(set(re.findall(r'id="comment-(\d+)"', page.text))) == 12  # two branches and ten answers
    client.sign_in(house.member)  # who has not yet written all that one may write in an hour
    form = {"text": "Ganz unten.", "parent": str(parent.id)}
    assert client.post(f"/idee/{house.idea.id}/kommentare", data=form).status_code == 303


@drives(53)
def test_a_hundred_mentions_reach_five_people_who_take_part(client, house):
    guests = [a_person(pseudonym=f"Gast {number}") for number in range(100)]
    for guest in guests[10:]:  # the first ten are strangers here
        a_comment(house.idea, guest)
    client.sign_in(house.member)
    form = {"text": " ".join(f"@{guest.pseudonym}" for guest in guests), "parent": ""}
    assert client.post(f"/idee/{house.idea.id}/kommentare", data=form).status_code == 303
    db.session.rollback()
    told = db.session.scalars(select(Mail.recipient).where(Mail.subject.contains("erwähnt"))).all()
    assert sorted(told) == sorted(guest.email for guest in guests[10:15])


@drives(78)
@pytest.mark.parametrize("end", ["2027-03-01T09:00", "2027-02-01T09:00", "2027-06-20"])
def test_an_end_lies_after_its_beginning(client, house, end):
    by_name = {box.name: box for box in BOXES["moment"] + BOXES["day"]}
    box = by_name["a phase of a call" if "T" in end else "ends_on of an edition"]
    answer, form, before = send(client, house, box, end)
    check_refused(answer, form, before, box, "Das Ende muss nach dem Beginn liegen.")


def test_every_number_is_driven_or_has_a_reason():
    from tests.guards import test_bad_requests  # noqa: F401  its rows are noted when it is read

    tabled = {row.number for row in [*REFUSED, *KEPT]}
    assert sorted(set(ALL) - tabled - set(DRIVEN) - set(HELD) - set(NOT_HERE)) == []
    assert sorted(set(NOT_HERE) & (tabled | set(DRIVEN) | set(HELD))) == []
    assert {*tabled, *DRIVEN, *HELD, *NOT_HERE} <= set(ALL)
    assert all(len(reason) > 20 for reason in NOT_HERE.values())


def test_every_test_that_holds_a_row_exists():
    import ast
    from pathlib import Path

    root = Path(__file__).parents[2]
    for named in set(HELD.values()):
        file, _colons, name = named.partition("::")
        tree = ast.parse((root / file).read_text())
        assert name in [node.name for node in tree.body if isinstance(node, ast.FunctionDef)], named
