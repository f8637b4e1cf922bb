from ideenlab.core.db import transaction
from ideenlab.ideas.actions.duplicates import store_duplicates
from tests.factories import a_call, a_person, an_idea


def test_the_moderation_sees_pairs_and_says_that_they_are_two(client):
    call = a_call()
    ideas = [an_idea(call, title=f"Bänke {number}", text="Mehr Bänke an der Hase.") for number in (1, 2)]
    with transaction():
        store_duplicates(call)
    first, second = sorted(idea.id for idea in ideas)
    path = f"/ideen/{call.slug}/doppelt"
    client.sign_in(a_person("moderator"))
    assert f'href="{path}"' in client.get(f"/ideen/{call.slug}").text
    page = client.get(path).text
    assert "derselbe Text" in page
    assert f"/idee/{first}/zusammenfuehren?mit={second}" in page
    answer = client.post(f"{path}/{first}/{second}/verschieden")
    assert (answer.status_code, answer.location) == (303, path)
    assert "Keine doppelten Ideen in Sicht" in client.get(path).text
    for number in (0, 4711, 2**31, 2**63):
        assert client.post(f"{path}/{first}/{number}/verschieden").status_code == 404


def test_nobody_else_sees_them(client):
    call = a_call()
    client.sign_in(a_person())
    assert client.get(f"/ideen/{call.slug}/doppelt").status_code == 403
    assert "doppelt" not in client.get(f"/ideen/{call.slug}").text
