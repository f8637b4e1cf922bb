import re

from ideenlab.core.db import transaction
from ideenlab.core.paging import write_cursor
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


def test_all_pairs_are_shown_page_by_page_also_while_some_are_dismissed(client):
    call = a_call()
    for number in range(32):
        for twin in (1, 2):
            an_idea(call, title=f"Titel {number} {twin}", text=f"Mehr Bänke an Platz {number}.")
    with transaction():
        assert store_duplicates(call) == 32
    client.sign_in(a_person("moderator"))
    path = f"/ideen/{call.slug}/doppelt"
    first = client.get(path).text
    pairs = re.findall(r"doppelt/(\d+)/(\d+)/verschieden", first)
    onward = re.search(r'href="([^"]*weiter=[^"]*)"[^>]*rel="next"', first)[1]
    rest = client.get(onward).text
    more = re.findall(r"doppelt/(\d+)/(\d+)/verschieden", rest)
    assert (len(pairs), len(more), len({*pairs, *more})) == (20, 12, 32)
    answer = client.post(f"{path}/{more[0][0]}/{more[0][1]}/verschieden?{onward.partition('?')[2]}")
    assert answer.location == onward
    client.post(f"{path}/{pairs[0][0]}/{pairs[0][1]}/verschieden")
    assert len(re.findall("/verschieden", client.get(onward).text)) == 11
    for cursor in ("x", "W10", "WzEsMiwzXQ", write_cursor(-(2**61), 2**61, 2**61)):
        assert client.get(f"{path}?weiter={cursor}").status_code == 200


def test_nobody_else_sees_them(client):
    call = a_call()
    client.sign_in(a_person())
    assert client.get(f"/ideen/{call.slug}/doppelt").status_code == 403
    assert "doppelt" not in client.get(f"/ideen/{call.slug}").text
