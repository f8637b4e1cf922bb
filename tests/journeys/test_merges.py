"""Two ideas are joined with their authors' consent, and separated again."""

import pytest

from ideenlab.core.db import transaction
from ideenlab.core.passwords import hash_password
from ideenlab.ideas.actions import support_idea
from tests.factories import a_call, a_comment, a_person, an_idea
from tests.journeys.conftest import latest_mail, link_in

pytestmark = pytest.mark.journey
PASSWORD = "Drei Eulen fliegen"


def somebody(name, *roles):
    return a_person(*roles, pseudonym=name, email=f"{name.lower()}@example.org", password_hash=hash_password(PASSWORD))


def test_ideas_are_joined_with_consent_and_separated_again(guest, app):
    first, second, moderator = somebody("Amsel"), somebody("Bachstelze"), somebody("Moderation1", "moderator")
    call = a_call(results_from=None)
    target = an_idea(call, first, title="Mehr Bänke an der Hase")
    part = an_idea(call, second, title="Sitzplätze am Fluss")
    a_comment(part, text="Bitte auch im Schatten.")
    both = a_person()
    with transaction():
        support_idea(both, idea=target)
        support_idea(both, idea=part)
        support_idea(first, idea=part)
    paths = [f"/idee/{idea.id}" for idea in (target, part)]

    staff = guest()
    staff.context.add_cookies([{"name": "session", "value": sign_in(app, moderator), "url": staff.address}])
    staff.open(paths[0])
    staff.press("Mit anderen Ideen zusammenführen")
    staff.fill("Nummer oder Adresse einer weiteren Idee", paths[1])
    staff.press("Idee dazunehmen")
    staff.page.get_by_label("Mehr Bänke an der Hase").check()
    staff.fill("Warum gehören diese Ideen zusammen?", "Beide wollen Sitzplätze am Fluss.")
    staff.press("Um Zustimmung fragen")
    staff.says("wartet auf Antworten")
    proposal = staff.page.url

    for person in (first, second):
        author = guest(size="phone")
        author.context.add_cookies([{"name": "session", "value": sign_in(app, person), "url": author.address}])
        author.open(link_in(latest_mail(person.email)))
        author.press("Ich stimme zu")
    author.says("Die Ideen sind zusammengeführt.")
    read_and_separate(guest(scripts=False), staff, proposal, paths)


def read_and_separate(reader, staff, proposal, paths):
    reader.open(paths[0])
    reader.says("1 Idee ist in dieser aufgegangen")
    reader.says("Bitte auch im Schatten.")
    reader.says("2 Unterstützungen")
    reader.press("Sitzplätze am Fluss")
    reader.says("Diese Idee wurde mit einer anderen zusammengeführt")

    staff.open(proposal.removeprefix(staff.address))
    staff.press("Diese Ideen wieder trennen")
    staff.fill("Warum werden diese Ideen wieder getrennt?", "Es sind doch zwei Orte.")
    staff.press("Ideen trennen")
    staff.says("Die Ideen sind getrennt. Alles ist wie vorher.")
    reader.open(paths[1])
    reader.says("2 Unterstützungen")
    reader.open(paths[0])
    reader.says("1 Unterstützung")


def sign_in(app, person):
    """The cookie of somebody who is signed in, also with the second step."""
    client = app.test_client()
    client.sign_in(person)
    return client.get_cookie("session").value
