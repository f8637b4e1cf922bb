"""The page of pictures without JavaScript, and the pictures themselves: only for those who may read the idea."""

import io
import re

import pytest
from PIL import Image

from ideenlab.core.db import db, transaction
from ideenlab.core.storage import storage
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import images_of
from tests.factories import a_call, a_person, an_idea
from tests.files.samples import picture, png_of_size
from tests.ideas.test_actions_images import with_image

SENTENCE = "Bitte sagen Sie in einem Satz, was das Bild zeigt"


@pytest.fixture
def idea(client):
    for key in dict(storage().keys()):
        storage().delete(key)
    idea = an_idea(author=a_person())
    client.sign_in(idea.author)
    return idea


def send(client, idea, content=None, name="bank.png", **fields):
    file = {"file": (io.BytesIO(content), name)} if content is not None else {}
    return client.post(f"/idee/{idea.id}/bilder", data={"do": "add", "alt": "", **file, **fields})


def row(idea):
    db.session.rollback()
    return images_of(db.session.get(Idea, idea.id))


def test_a_picture_is_added_and_shown_with_its_words_and_size(client, idea):
    answer = send(client, idea, picture(size=(900, 450)), alt="Eine Bank am Fluss")
    assert answer.status_code == 303
    assert "Das Bild ist hinzugefügt." in client.get(answer.location).text
    client.sign_out()
    page = client.get(f"/idee/{idea.id}").text
    (shown,) = re.findall("<img[^>]*>", page)
    assert 'alt="Eine Bank am Fluss"' in shown
    assert 'width="900" height="450"' in shown
    addresses = re.findall(r"(/bild/\w+/\d+) (\d+)w", shown)
    assert [width for _address, width in addresses] == ["400", "800", "900"]
    for address, width in addresses:
        got = client.get(address)
        assert (got.status_code, got.mimetype) == (200, "image/webp")
        assert Image.open(io.BytesIO(got.data)).width == int(width)


def test_a_picture_is_kept_by_caches_for_five_minutes_and_only_shown(client, idea):
    size = with_image(idea).sizes[0]
    client.sign_out()
    address = f"/bild/{row(idea)[0].key}/{size.width}"
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("state", "visitor", "author", "moderator"),
    [
        ("published", 200, 200, 200),
        ("merged", 200, 200, 200),
        ("hidden", 404, 200, 200),
        ("waiting", 404, 200, 200),
        ("draft", 404, 200, 404),
        ("withdrawn", 404, 200, 200),
    ],
)
def test_who_gets_a_picture(client, idea, state, visitor, author, moderator):
    image = with_image(idea)
    address = f"/bild/{image.key}/400"
    with transaction():
        idea.state = state
    people = {"author": (idea.author, author), "moderator": (a_person("moderator"), moderator)}
    for person, expected in people.values():
        client.sign_out()
        client.sign_in(person)
        answer = client.get(address)
        assert answer.status_code == expected
        if expected == 200 and visitor == 404:
            assert answer.headers["Cache-Control"] == "private, no-store"
    client.sign_out()
    assert client.get(address).status_code == visitor


@pytest.mark.parametrize("address", ["/bild/x/400", f"/bild/{'a' * 40}/400", "/bild/x/99999999999999999999"])
def test_there_is_no_other_picture(client, idea, address):
    assert client.get(address).status_code == 404


def test_a_width_that_is_not_there_is_not_made(client, idea):
    image = with_image(idea)
    for width in (1, 399, 100_000, 2**31):
        assert client.get(f"/bild/{image.key}/{width}").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (None, "", "Bitte wählen Sie zuerst ein Bild aus."),
        (b"", "leer.png", "„leer.png“ ist leer."),
        (b"<svg onload=alert(1)>", "a.svg", "kein Bild, das gezeigt werden kann"),
        (b"<script>alert(1)</script>", "a.png", "passt nicht zur Endung"),
        (b"MZ" + b"\0" * 99, "kino.exe", "kein Bild, das gezeigt werden kann"),
        (png_of_size(60_000, 60_000), "bombe.png", "25 Millionen"),
        (picture()[:400], "../../etc/halb.png", "„halb.png“ ist beschädigt"),
    ],
)
def test_what_is_no_picture_is_refused_and_what_was_typed_stays(client, idea, content, name, sentence):
    with_image(idea, "vorher")
    before = set(storage().keys())
    (kept,) = row(idea)
    fields = {"alt": "Eine Bank", f"alt_{kept.id}": "neu geschrieben"}
    answer = send(client, idea, content, name, **fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'href="#file"' in answer.text
    assert 'value="Eine Bank"' in answer.text
    assert 'value="neu geschrieben"' in answer.text
    assert [image.alt for image in row(idea)] == ["vorher"]
    assert set(storage().keys()) == before


def test_a_picture_without_words_is_refused_before_it_is_drawn(client, idea):
    answer = send(client, idea, picture())
    assert answer.status_code == 422
    assert SENTENCE in answer.text
    assert send(client, idea, picture(), alt="Bank", decorative="y").status_code == 422
    assert (row(idea), dict(storage().keys())) == ([], {})
    assert send(client, idea, picture(), decorative="y").status_code == 303
    assert [image.alt for image in row(idea)] == [""]


def test_every_button_keeps_what_was_written(client, idea):
    for alt in ("eins", "zwei"):
        with_image(idea, alt)
    first, second = row(idea)
    words = {f"alt_{first.id}": "erstes", f"alt_{second.id}": "zweites"}
    data = {"do": f"forward-{second.id}", **words}
    assert client.post(f"/idee/{idea.id}/bilder", data=data).status_code == 303
    assert [image.alt for image in row(idea)] == ["zweites", "erstes"]
    data = {"do": f"remove-{second.id}", **words, f"alt_{second.id}": ""}
    assert client.post(f"/idee/{idea.id}/bilder", data=data).status_code == 303
    assert [image.alt for image in row(idea)] == ["erstes"]
    answer = client.post(f"/idee/{idea.id}/bilder", data={"do": "save", f"alt_{first.id}": ""})
    assert answer.status_code == 422
    assert f'href="#alt_{first.id}"' in answer.text
    assert SENTENCE in answer.text


def test_after_five_pictures_the_page_says_so(client, idea):
    for _number in range(5):
        with_image(idea)
    page = client.get(f"/idee/{idea.id}/bilder").text
    assert "Eine Idee hat höchstens 5 Bilder." in page
    assert 'type="file"' not in page


def test_others_do_not_reach_the_page(client, idea):
    client.sign_out()
    client.sign_in(a_person())
    assert client.get(f"/idee/{idea.id}/bilder").status_code == 403
    assert send(client, idea, picture(), alt="Bank").status_code == 403
    assert row(idea) == []


def test_a_button_for_a_picture_of_another_idea_finds_nothing(client, idea):
    other = with_image(an_idea())
    for deed in ("remove", "forward"):
        assert client.post(f"/idee/{idea.id}/bilder", data={"do": f"{deed}-{other.id}"}).status_code == 404


def test_a_call_without_pictures_does_not_ask_for_them(client, idea):
    call = a_call(takes_images=False)
    assert "Bilder" not in client.get(f"/ideen/{call.slug}/neu").text
    mine = an_idea(call, idea.author)
    assert "/bilder" not in client.get(f"/idee/{mine.id}").text
    assert "keine Bilder möglich" in client.get(f"/idee/{mine.id}/bilder").text


def test_a_new_idea_goes_on_to_its_pictures(client, idea):
    fields = {"title": "Bänke am Fluss", "text": "Mehr Bänke am Fluss.", "topic": "", "do": "pictures"}
    answer = client.post(f"/ideen/{idea.call.slug}/neu", data=fields)
    assert (answer.status_code, answer.location.endswith("/bilder")) == (303, True)


def test_a_card_shows_the_first_picture_small_for_one_query_of_the_whole_list(client, idea, count_queries):
    path = f"/ideen/{idea.call.slug}?sortierung=neueste"
    client.sign_out()
    without = count_queries(lambda: client.get(path))
    assert "<img" not in client.get(path).text
    others = [an_idea(idea.call) for _number in range(3)]
    for each in (idea, *others[:2]):
        with_image(each, alt=f"Bild von {each.title}")
        with_image(each, alt="Ein zweites Bild")
    assert count_queries(lambda: client.get(path)) == without + 1
    shown = re.findall("<img[^>]*>", client.get(path).text)
    assert [re.search('alt="([^"]*)"', each).group(1) for each in shown] == [
        f"Bild von {each.title}" for each in (others[1], others[0], idea)
    ]
    assert all('width="400" height="16"' in each and 'loading="lazy"' in each for each in shown)
    assert client.get(re.search('src="([^"]*)"', shown[0]).group(1)).mimetype == "image/webp"
