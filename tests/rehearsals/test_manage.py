from ideenlab.core.clock import now
from ideenlab.hackathons.models import WINDOWS
from tests.factories import DAY, a_hackathon, a_person


def test_an_organiser_goes_through_a_rehearsal_step_by_step_and_wipes_it(client):
    hackathon = a_hackathon(open_windows=(), starts_at=now() + DAY, ends_at=now() + 3 * DAY, title="Hack im Mai")
    slug = hackathon.slug
    client.sign_in(a_person("organiser"))
    address = f"/organisation/hackathons/{slug}/probelauf"
    assert address in client.get(f"/organisation/hackathons/{slug}").text
    assert "Probelauf beginnen" in client.get(address).text
    assert client.post(address).status_code == 303
    for step in WINDOWS:
        assert f'value="{step}"' in client.get(address).text
        assert client.post(address, data={"step": step}).status_code == 303
    assert client.post(address, data={"step": "publication"}).status_code == 403
    page = client.get(address).text
    assert "Alles wurde geprobt" in page
    probe = page.split('href="/hackathon/probe-')[1].split('"')[0]
    client.sign_out()
    for part in ("", "/teams", "/prototypen", "/ergebnis", "/ablauf", "/aufgaben", "/bewertung"):
        shown = client.get(f"/hackathon/probe-{probe}{part}")
        assert (shown.status_code, "Nichts hier ist echt" in shown.text) == (200, True), part
    for everywhere in ("/", "/hackathon"):
        assert f"probe-{probe}" not in client.get(everywhere).text
    client.sign_in(a_person("organiser"))
    assert f"probe-{probe}" not in client.get("/organisation/hackathons").text
    assert client.post(f"{address}/loeschen").status_code == 404  # the real one has no such page
    wiped = client.post(f"/organisation/hackathons/probe-{probe}/probelauf/loeschen")
    assert (wiped.status_code, wiped.location.endswith(address)) == (303, True)
    assert client.get(f"/hackathon/probe-{probe}").status_code == 404


def test_it_is_for_organisers_and_for_before(client):
    running = a_hackathon()
    client.sign_in(a_person("organiser"))
    address = f"/organisation/hackathons/{running.slug}/probelauf"
    assert "Ein Probelauf ist für vorher" in client.get(address).text
    assert client.post(address).status_code == 403
    client.sign_in(a_person())
    assert client.get(address).status_code == 403
