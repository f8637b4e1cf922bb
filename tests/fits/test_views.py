from tests.factories import a_person
from tests.fits.world import grown_prototype
from tests.jury.world import a_juror, published, submitted


def test_an_author_answers_on_the_page_of_the_prototype_and_it_stands_beside_the_result(client):
    prototype, _member, author, _along = grown_prototype()
    page, address = f"/prototyp/{prototype.id}", f"/prototyp/{prototype.id}/trifft-es"
    assert "noch nicht geantwortet" in client.get(page).text
    client.sign_in(author)
    assert "Trifft der Prototyp sie?" in client.get(page).text
    assert client.post(address, data={"answer": "maybe"}).status_code == 422
    assert client.post(address, data={"answer": "yes"}).status_code == 303
    assert "Ihre Antwort: Er trifft sie." in client.get(page).text
    assert client.post(address, data={"answer": "none"}).status_code == 303
    assert client.post(address, data={"answer": "no"}).status_code == 303
    client.sign_in(a_person())
    assert client.post(address, data={"answer": "yes"}).status_code == 403
    assert "trifft sie 0-mal, trifft sie nicht 1-mal" in client.get(page).text
    submitted(a_juror(prototype.hackathon), prototype, 4)
    published(prototype.hackathon)
    assert (
        "trifft die Idee: 0, trifft sie nicht: 1" in client.get(f"/hackathon/{prototype.hackathon.slug}/ergebnis").text
    )
