"""Pages and mails in the city's own words."""

import logging

import pytest

from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed, NotFound
from ideenlab.core.mailtext import write_mail
from ideenlab.core.mailwords import draft_of, mail_names, words_of
from ideenlab.texts.actions import reset_mail, word_mail, write_page
from ideenlab.texts.models import CityText
from ideenlab.texts.queries import find_text, get_version, versions_of, written_texts
from ideenlab.texts.rules import shown_page
from tests.factories import a_person, saved

CONFIRM = {"name": "accounts/confirm", "language": "de"}


def test_a_page_is_written_filled_in_changed_and_taken_back(app):
    administrator = a_person("administrator")
    with transaction():
        write_page(
            administrator, name="imprint", language="de", text="# Haftung\n\n{stadt} haftet. <b>x</b>", revision=0
        )
    assert str(shown_page("imprint")) == "<h2>Haftung</h2>\n<p>Teststadt haftet. &lt;b&gt;x&lt;/b&gt;</p>\n"
    with transaction():
        text = write_page(administrator, name="imprint", language="de", text="Anders.", revision=1)
    assert [(version.revision, version.text) for version in versions_of(text)][1][1].startswith("# Haftung")
    with pytest.raises(Conflict), transaction():
        write_page(administrator, name="imprint", language="de", text="Zu spät.", revision=1)
    with transaction():
        write_page(administrator, name="imprint", language="de", text="", revision=2)
    assert shown_page("imprint") is None
    assert written_texts("page") == {}
    db.session.rollback()
    assert get_version(find_text("page", "imprint", "de"), 2).text == "Anders."
    with pytest.raises(NotFound):
        get_version(find_text("page", "imprint", "de"), 9)


def test_what_no_page_can_say_is_refused(app):
    administrator = a_person("administrator")
    with (
        pytest.raises(Invalid, match=r"\{bürgermeister\} bedeutet hier nichts. Möglich sind: \{stadt\}"),
        transaction(),
    ):
        write_page(administrator, name="imprint", language="de", text="{bürgermeister}", revision=0)
    with pytest.raises(Invalid, match="20000"), transaction():
        write_page(administrator, name="imprint", language="de", text="x" * 20_001, revision=0)
    with pytest.raises(NotAllowed), transaction():
        write_page(a_person("organiser"), name="imprint", language="de", text="x", revision=0)
    for name, language in (("start", "de"), ("imprint", "xx")):
        with pytest.raises(NotFound), transaction():
            write_page(administrator, name=name, language=language, text="x", revision=0)


def test_a_mail_leaves_in_the_words_of_the_city_until_they_are_taken_back(app):
    organiser, person = a_person("organiser"), a_person(pseudonym="Meise")
    ours = write_mail("accounts/confirm", person=person, link="s3cret")
    with transaction():
        word_mail(
            organiser, **CONFIRM, subject="Moin {name}", text="Drück hier: {link}\n\n%(name)s {stadt}",
            revision=0,
        )  # fmt: skip
    said = write_mail("accounts/confirm", person=person, link="s3cret")
    assert said[0] == "Moin Meise"
    assert write_mail("accounts/confirm", name="evil.example/x", link="s3cret")[0] == "Moin […]"
    assert said[1].startswith("Drück hier: http://localhost/")
    assert "s3cret" in said[1]
    assert said[1].strip().endswith("Teststadt")
    with transaction():
        reset_mail(organiser, **CONFIRM, revision=1)
    assert write_mail("accounts/confirm", person=person, link="s3cret") == ours


@pytest.mark.parametrize(
    ("subject", "text", "field", "sentence"),
    [
        ("x", "Hier: {link} ...", "subject", "3 bis 150"),
        ("Betreff", "kurz", "text", "10 bis 8000"),
        ("Betreff", "Ohne das, worum es geht.", "text", r"\{link\} muss im Text stehen"),
        ("Betreff {person}", "Hier: {link} ...", "subject", r"\{person\} bedeutet hier nichts"),
        ("Betreff", "{link} {{ 7 * 7 }}", "text", r"\{ 7 \* 7 \} bedeutet hier nichts"),
        ("Betreff", "Hier: https://evil.example/?x={link}", "text", "steht für sich"),
        ("Betreff", "{link} {person.email}", "text", r"\{person.email\} bedeutet hier nichts"),
    ],
)
def test_what_would_be_no_mail_is_refused(app, subject, text, field, sentence):
    with pytest.raises(Invalid, match=sentence) as refusal, transaction():
        word_mail(a_person("organiser"), **CONFIRM, subject=subject, text=text, revision=0)
    assert refusal.value.field == field
    with pytest.raises(NotAllowed), transaction():
        word_mail(a_person("moderator"), **CONFIRM, subject="Moin", text="Hier: {link} ...", revision=0)


def test_a_broken_text_stops_no_mail(app, caplog):
    ours = write_mail("accounts/confirm", person=None, link="s")
    with transaction():
        word_mail(None, **CONFIRM, subject="Moin", text="Hier: {link} ...", revision=0)
        text = find_text("mail", "accounts/confirm", "de")
        text.text = "Nur ein Betreff {gone}"  # as an older version might have left it
    with caplog.at_level(logging.WARNING):
        assert write_mail("accounts/confirm", person=None, link="s") == ours
    assert "ours is sent" in caplog.text
    saved(CityText(kind="mail", name="unknown/mail", language="de", text="x"))


def test_every_mail_can_be_drafted_with_its_names_in_both_languages(app):
    names = mail_names()
    assert len(names) > 70
    assert "notifications/digest" not in names
    for name in names:
        known = words_of(name)
        for language in ("de", "en"):
            draft = draft_of(name, language)
            assert "…" not in draft.replace(" …", ""), (name, draft)
            assert len(draft.partition("\n")[0]) > 2, (name, draft)
        assert {"name", "stadt", "adresse"} <= set(known)
    assert {"link", "code"} <= set(words_of("events/signed_up"))  # what must stand there, and by itself
