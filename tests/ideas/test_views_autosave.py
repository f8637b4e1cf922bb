"""A draft is saved while it is typed: once for each state of the words, and never over somebody else's."""

import pytest
from sqlalchemy import func, select

from ideenlab.core.db import db
from ideenlab.history.models import Entry
from ideenlab.ideas.models import Idea
from tests.factories import a_call, a_person, an_idea

WORDS = {"title": "Bänke an der Hase", "text": "Damit alle sich ausruhen können.", "topic": "", "revision": ""}


def drafts():
    db.session.rollback()
    return db.session.scalars(select(Idea).order_by(Idea.id)).all()


def test_the_first_save_makes_a_draft_and_repeated_it_makes_no_second_one(client):
    call = a_call()
    client.sign_in(a_person())
    page = client.get(f"/ideen/{call.slug}/neu").text
    address = f"/ideen/{call.slug}/neu/zwischenstand"
    assert f'data-autosave-url="{address}"' in page
    first, again = (client.post(address, data=WORDS).json for _time in range(2))
    (draft,) = drafts()
    assert (draft.state, draft.title, draft.revision) == ("draft", "Bänke an der Hase", 1)
    assert first["revision"] == again["revision"] == 1
    assert first["page"] == again["page"] == f"/idee/{draft.id}/bearbeiten"
    assert first["message"].startswith("Gespeichert um ")
    assert f'data-autosave-url="{first["autosave"]}"' in client.get(first["page"]).text
    assert "Als Entwurf speichern" in page  # without JavaScript


def test_every_state_is_a_revision_and_an_older_window_is_shown_both(client):
    idea = an_idea(state="draft", published_at=None)
    client.sign_in(idea.author)
    address, entries = f"/idee/{idea.id}/zwischenstand", select(func.count()).select_from(Entry)
    before = db.session.scalar(entries)
    assert client.post(address, data={**WORDS, "revision": "1"}).json["revision"] == 2
    assert client.post(address, data={**WORDS, "revision": "1"}).json["revision"] == 2  # its answer was lost
    newer = {**WORDS, "text": "Damit alle sich setzen können."}
    assert client.post(address, data={**newer, "revision": "2"}).json["revision"] == 3
    late = client.post(address, data={**WORDS, "title": "Ältere Worte", "revision": "2"})
    assert late.status_code == 409
    assert ["Titel", "Ältere Worte"] in late.json["mine"]
    assert ["Text", "Damit alle sich setzen können."] in late.json["stored"]
    assert late.json["url"] == f"/idee/{idea.id}/bearbeiten"
    by_button = client.post(late.json["url"], data={**WORDS, "title": "Ältere Worte", "revision": "2", "do": "draft"})
    assert by_button.status_code == 409
    assert "Ältere Worte" in by_button.text
    assert "Damit alle sich setzen können." in by_button.text
    (draft,) = drafts()
    assert (draft.title, draft.text, draft.revision) == ("Bänke an der Hase", "Damit alle sich setzen können.", 3)
    assert db.session.scalar(entries) == before  # nobody else sees a draft: its saves are no history


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Noch nicht gespeichert: Es fehlen Titel und Text oder eines von beiden."),
        ({"text": "kurz"}, "Noch nicht gespeichert: "),
        ({"topic": "999"}, "Noch nicht gespeichert: Bitte wählen Sie eines der Themenfelder."),
    ],
)
def test_what_is_too_short_is_not_saved_yet(client, change, sentence):
    call = a_call()
    client.sign_in(a_person())
    answer = client.post(f"/ideen/{call.slug}/neu/zwischenstand", data={**WORDS, **change})
    assert (answer.status_code, drafts()) == (422, [])
    assert answer.json["message"].startswith(sentence)


def test_what_others_read_is_never_changed_by_itself(client):
    idea = an_idea()
    client.sign_in(idea.author)
    answer = client.post(f"/idee/{idea.id}/zwischenstand", data={**WORDS, "revision": "1"})
    assert (answer.status_code, answer.json["message"]) == (403, "Diese Idee ist kein Entwurf mehr.")
    assert "data-autosave-url" not in client.get(f"/idee/{idea.id}/bearbeiten").text
    client.sign_in(a_person())
    draft = an_idea(state="draft", published_at=None)
    assert client.post(f"/idee/{draft.id}/zwischenstand", data=WORDS).status_code == 404
    over = a_call(open_phases=("support",))
    answer = client.post(f"/ideen/{over.slug}/neu/zwischenstand", data=WORDS)
    assert answer.status_code == 403
    assert answer.json["message"].startswith("Ideen konnten bis ")
