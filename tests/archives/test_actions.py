import io
import json
import zipfile

import pytest

from ideenlab.archives.actions import (
    archive_hackathon,
    reopen_hackathon,
    thank_everybody,
    write_note,
)
from ideenlab.archives.queries import export_of, notes_of
from ideenlab.audience.models import AudiencePrize
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, NotAllowed
from ideenlab.hackathons.actions import Item, add_agenda_item
from ideenlab.mail.models import Mail
from ideenlab.pitches.models import Pitch, PitchPlan
from tests.factories import DAY, a_challenge, a_hackathon, a_person, a_registration, saved
from tests.jury.world import a_juror, handed_in, published, scored_hackathon, submitted


def over(days=1, **values):
    return a_hackathon(starts_at=now() - (days + 1) * DAY, ends_at=now() - days * DAY, **values)


def mails():
    return sorted((mail.recipient, mail.subject) for mail in db.session.query(Mail))


def test_everybody_with_a_place_is_thanked_once_and_not_before_the_end(app):
    organiser, hackathon = a_person("organiser"), over()
    first, second = a_registration(hackathon).person, a_registration(hackathon).person
    a_registration(hackathon, state="cancelled")
    with transaction():
        assert thank_everybody(organiser, hackathon=hackathon, text="Es war schön.\nBis bald!") == 2
    assert [to for to, _subject in mails()] == sorted([first.email, second.email])
    assert "Bis bald!" in db.session.query(Mail).first().text
    with pytest.raises(NotAllowed), transaction():
        thank_everybody(organiser, hackathon=hackathon, text="Noch einmal")
    running = a_hackathon()
    with pytest.raises(NotAllowed), transaction():
        thank_everybody(organiser, hackathon=running, text="Zu früh")
    assert len(mails()) == 2


def test_a_note_is_kept_and_two_who_write_at_once_lose_nothing(app):
    member, organiser = a_person(), a_person("organiser")
    prototype = handed_in(over(200), member)
    with transaction():
        write_note(member, prototype=prototype, months=6, text="Läuft im **Rathaus**.", revision=0)
    with pytest.raises(Conflict) as refused, transaction():
        write_note(organiser, prototype=prototype, months=6, text="Ruht.", revision=0)
    assert (refused.value.mine[0][1], refused.value.stored[0][1]) == ("Ruht.", "Läuft im **Rathaus**.")
    with transaction():
        write_note(organiser, prototype=prototype, months=6, text="Läuft in zwei Ämtern.", revision=1)
    with pytest.raises(Conflict), transaction():
        write_note(member, prototype=prototype, months=6, text="Alt", revision=1)
    assert [(note.text, note.revision, note.months) for note in notes_of(prototype)] == [
        ("Läuft in zwei Ämtern.", 2, 6)
    ]


def test_archived_and_opened_again(app):
    organiser, administrator, hackathon = a_person("organiser"), a_person("administrator"), over()
    with transaction():
        archive_hackathon(organiser, hackathon=hackathon)
    item = Item(title="Frühstück", starts_at=now(), ends_at=None)
    with pytest.raises(NotAllowed, match="archiviert"), transaction():
        add_agenda_item(organiser, hackathon=hackathon, item=item)
    with pytest.raises(NotAllowed), transaction():
        reopen_hackathon(organiser, hackathon=hackathon)
    with transaction():
        reopen_hackathon(administrator, hackathon=hackathon)
        add_agenda_item(organiser, hackathon=hackathon, item=item)
    assert hackathon.archived_at is None


def test_the_export_has_everything_of_a_hackathon_and_nobody(app):
    people = [a_person(pseudonym=f"Geheimname{number}") for number in range(4)]
    hackathon = scored_hackathon(title="=HYPERLINK(1)")
    a_challenge(hackathon, title="Grünes Licht", contact="Frau Geheimkontakt")
    first = handed_in(hackathon, people[0], people[1], team="Die Bienen", title="Blütenkarte")
    a_registration(hackathon, people[2], legal_name="Geheimer Rufname", diet="Geheimkost")
    juror = a_juror(hackathon, name="Geheime Jurorin")
    submitted(juror, first, 4, 4, 4)
    published(hackathon)
    saved(PitchPlan(hackathon=hackathon, starts_at=now(), seed="4 1 6", drawn_at=now(), published_at=now()))
    saved(Pitch(hackathon=hackathon, prototype=first, position=1, starts_at=now()))
    saved(AudiencePrize(hackathon=hackathon, title="P", released_at=now(), protocol='{"circles":[]}', sha256="0" * 64))
    content = export_of(hackathon)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    everything = "\n".join(texts.values())
    assert "geheim" not in everything.lower()
    everybody = [*people, juror.person]
    assert [p.id for p in everybody if p.pseudonym in everything or (p.email and p.email in everything)] == []
    assert "@" not in everything
    [row] = json.loads(texts["prototypes.json"])
    assert (row["title"], row["team"], row["version"]) == ("Blütenkarte", "Die Bienen", 1)
    assert json.loads(texts["challenges.json"])[0]["title"] == "Grünes Licht"
    assert json.loads(texts["result.json"])["figures"]["order"][0]["place"] == 1
    assert texts["audience.json"] == '{"circles":[]}'
    assert [(pitch["position"], pitch["seed"]) for pitch in json.loads(texts["pitches.json"])] == [(1, "4 1 6")]
    assert "'=HYPERLINK(1)" in texts["hackathon.csv"]
    assert not texts["teams.csv"].startswith("'")
