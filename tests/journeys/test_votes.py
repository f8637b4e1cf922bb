"""A citizen votes for and against, says why, and finds the comments of others helpful; with and without JavaScript."""

import pytest

from ideenlab.core.passwords import hash_password
from tests.factories import a_call, a_comment, a_person, an_edition, an_idea

pytestmark = pytest.mark.journey
PASSWORD = "Mond-und-Hase-7"


@pytest.fixture
def idea(app):
    call = a_call(edition=an_edition(), title="Wie wird die Stadt leiser?", support_mode="for_against")
    idea = an_idea(call, title="Tempo 30 in der ganzen Stadt", author=a_person(pseudonym="Ruhepol"))
    a_comment(idea, a_person(pseudonym="Pendler"), text="Dann brauche ich länger zur Arbeit.", stance="contra")
    return idea


def citizen(name):
    return a_person(pseudonym=name, email=f"{name.lower()}@example.org", password_hash=hash_password(PASSWORD))


def result(guest):
    return guest.page.locator("#support strong").all_inner_texts()


def pressed(guest, place):
    return guest.page.locator(f'{place} [aria-pressed="true"]').all_inner_texts()


def comment_for_it(guest):
    guest.fill("Ihr Kommentar", "Kinder kommen sicherer zur Shule.")
    guest.page.get_by_label("für die Idee").check()
    guest.press("Kommentar veröffentlichen")
    guest.says("Ihr Kommentar ist veröffentlicht.")


def correct_it(guest):
    guest.press("Ändern")
    guest.fill("Ihr Kommentar", "Kinder kommen sicherer zur Schule.")
    guest.press("Änderung veröffentlichen")
    guest.says("Ihre Änderung ist veröffentlicht.")


def test_a_citizen_votes_comments_and_corrects_a_word(guest, idea):
    citizen("Anwohnerin")
    voter = guest()
    voter.sign_in("anwohnerin@example.org", PASSWORD)
    voter.open(f"/idee/{idea.id}")
    voter.says("Jede Person hat zu jeder Idee eine Stimme: dafür, dagegen oder weiß nicht.")
    support = voter.page.locator("#support")
    for button, announced, counts in (
        ("Dagegen", "Sie sind gegen diese Idee.", ["0 dafür", "1 dagegen"]),
        ("Dafür", "Sie sind für diese Idee.", ["1 dafür", "0 dagegen"]),
    ):
        support.get_by_role("button", name=button, exact=True).click()
        voter.hears(announced)
        assert (result(voter), pressed(voter, "#support")) == (counts, [button])
        voter.look()
    comment_for_it(voter)
    correct_it(voter)
    assert "bearbeitet" not in voter.page.inner_text("main")
    theirs = voter.page.locator("article", has_text="länger zur Arbeit")
    theirs.get_by_role("button", name="Hilfreich", exact=False).first.click()
    voter.hears("Sie finden diesen Kommentar hilfreich.")
    voter.look()
    voter.open(f"/idee/{idea.id}")
    sides = voter.page.locator(".il-side").all_inner_texts()
    assert ["sicherer zur Schule" in sides[0], "länger zur Arbeit" in sides[1]] == [True, True]
    assert "1 findet ihn hilfreich" in sides[1]
    voter.press("Meine Stimmen in diesem Ideenaufruf")
    voter.says("Tempo 30 in der ganzen Stadt")

    visitor = guest(size="phone", dark=True)
    visitor.open(f"/idee/{idea.id}")
    assert result(visitor) == ["1 dafür", "0 dagegen"]
    tops = [box.bounding_box()["y"] for box in visitor.page.locator(".il-side").all()]
    assert tops[0] < tops[1], "on a phone the sides stand below each other"


def test_the_same_without_javascript_on_the_narrowest_screen(guest, idea):
    citizen("Anwohner")
    voter = guest(size="narrow", scripts=False)
    voter.sign_in("anwohner@example.org", PASSWORD)
    voter.open(f"/idee/{idea.id}")
    voter.press("Weiß nicht")
    voter.says("Sie haben zu dieser Idee „weiß nicht“ gewählt.")
    voter.press("Dafür")
    assert (result(voter), pressed(voter, "#support")) == (["1 dafür", "0 dagegen"], ["Dafür"])
    comment_for_it(voter)
    correct_it(voter)
    voter.press(
        voter.page.locator("article", has_text="länger zur Arbeit").get_by_role("button", name="Hilfreich").first
    )
    voter.says("Sie finden diesen Kommentar hilfreich.")
    voter.press("Stimme zurücknehmen")
    assert result(voter) == ["0 dafür", "0 dagegen"]


def test_points_are_spread_and_moved(guest):
    call = a_call(edition=an_edition(), title="Punkte kleben", support_mode="points", points_each=4, points_most=3)
    first, second = an_idea(call, title="Mehr Bänke"), an_idea(call, title="Mehr Bäume")
    citizen("Punktefee")
    voter = guest(size="phone")
    voter.sign_in("punktefee@example.org", PASSWORD)
    voter.open(f"/idee/{first.id}")
    voter.says("Jede Person hat 4 Punkte und gibt einer Idee höchstens 3 davon.")
    voter.page.locator("#support").get_by_role("button", name="3 Punkte").click()
    voter.hears("Sie geben dieser Idee 3 Punkte.")
    voter.open(f"/idee/{second.id}")
    buttons = voter.page.locator("#support button").all_inner_texts()
    assert buttons == ["1 Punkt"]
    voter.press("Meine Punkte in diesem Ideenaufruf")
    voter.says("In diesem Ideenaufruf haben Sie noch 1 Punkt.")
    voter.press(voter.page.get_by_role("button", name="Zurücknehmen"))
    voter.says("Ihre Punkte sind zurückgenommen.")
    voter.says("In diesem Ideenaufruf haben Sie noch 4 Punkte.")
