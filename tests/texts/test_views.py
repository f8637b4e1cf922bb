from ideenlab.city.actions import add_word
from ideenlab.core.db import transaction
from ideenlab.core.i18n import speaking
from ideenlab.texts.actions import write_page
from ideenlab.texts.queries import find_text
from tests.factories import a_person


def test_an_administrator_looks_at_a_page_saves_it_and_goes_back(app, client):
    client.sign_in(a_person("administrator"))
    with transaction():
        add_word(a_person("organiser"), word="Bürger", instead="Menschen")
    address, typed = "/organisation/seiten/help/de", {"text": "## Für Bürger\n\nSo geht es.", "revision": "0"}
    look = client.post(address, data={**typed, "do": "preview"})
    assert look.status_code == 422
    assert "<h2>Für Bürger</h2>" in look.text
    assert "„Bürger“ – besser: Menschen" in look.text
    assert "So geht es." not in client.get("/so-funktioniert-es").text
    assert client.post(address, data={**typed, "revision": "9" * 5000}).status_code == 303  # there is nothing yet
    assert client.post(address, data={**typed, "text": "Anders", "revision": "9" * 5000}).status_code == 409
    assert "So geht es." in client.get("/so-funktioniert-es").text
    assert "So geht es." not in client.get("/en/so-funktioniert-es").text
    assert client.post(address, data={"text": "Anders geht es.", "revision": "1"}).status_code == 303
    version = client.get(f"{address}/1")
    assert "<ins>" in version.text
    assert 'value="2"' in version.text
    assert client.post(address, data={"text": "Dazwischen.", "revision": "1"}).status_code == 409
    assert client.post(address, data={"text": "{quatsch}", "revision": "2"}).status_code == 422
    for missing in ("/organisation/seiten/start/de", "/organisation/seiten/help/xx", f"{address}/7"):
        assert client.get(missing).status_code == 404


def test_pages_have_words_from_the_beginning_and_the_citys_own_in_their_place(app, client):
    for address in ("/presse", "/leichte-sprache", "/gebaerdensprache", "/sprache"):
        assert client.get(address).status_code == 200
    with transaction():
        write_page(None, name="press", language="de", text="Rufen Sie an: {stadt}", revision=0)
    assert "Rufen Sie an: Teststadt" in client.get("/presse").text
    footer = client.get("/").text.split("<footer")[1]
    for address in (
        "/impressum",
        "/datenschutz",
        "/barrierefreiheit",
        "/barriere-melden",
        "/leichte-sprache",
        "/presse",
    ):
        assert f'href="{address}"' in footer


def test_an_organiser_words_a_mail_and_takes_it_back(app, client):
    client.sign_in(a_person("organiser"))
    assert "accounts/confirm" in client.get("/organisation/mails").text
    address = "/organisation/mails/accounts/confirm/de"
    assert "{link}" in client.get(address).text
    typed = {"subject": "Moin {name}", "text": "Bitte hier drücken: {link}", "revision": "0"}
    look = client.post(address, data={**typed, "do": "preview"})
    assert "Moin Blaumeise" in look.text
    assert find_text("mail", "accounts/confirm", "de") is None
    assert client.post(address, data=typed).status_code == 303
    assert "Zurück zum mitgelieferten Text" in client.get(address).text
    assert client.post(f"{address}/zuruecksetzen", data={"r-revision": "1"}).status_code == 303
    with speaking("de"):
        assert "Zurück zum mitgelieferten Text" not in client.get(address).text
    assert client.get("/organisation/mails/notifications/digest/de").status_code == 404
