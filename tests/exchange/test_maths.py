"""What another city says is compared strictly and made clean."""

import pytest

from ideenlab.core.outgoing import Outside
from ideenlab.exchange.maths import read_page
from tests.exchange.partner import idea, page

HERE = "https://ideen.example.org/api/v1/ideas?limit=100"


def one(**more):
    (found,) = read_page(page(idea(7, **more)), address=HERE).ideas
    return found


def test_a_page_of_an_ideenlab_is_read(app):
    found = read_page(page(idea(7), idea(8), following="/api/v1/ideas?cursor=x"), address=HERE)
    assert [each.external_id for each in found.ideas] == ["7", "8"]
    assert found.next == "https://ideen.example.org/api/v1/ideas?cursor=x"
    first = found.ideas[0]
    assert (first.url, first.topic, first.licence) == ("https://ideen.example.org/idee/7", "Klima", "CC BY 4.0")
    assert (first.support_count, first.published_at.isoformat()) == (12, "2026-09-01T10:00:00+00:00")


@pytest.mark.parametrize("answer", [
    None, [], "text", 7, {}, {"data": {}}, {"data": [], "links": []}, {"data": ["x"], "links": {}},
    {"data": [idea(n) for n in range(201)], "links": {}}, page(following=7), page(following=""),
    page(following="https://evil.example/api"), page(following="http://ideen.example.org/x"),
    page(following="//evil.example/"), page(following="https://ideen.example.org:8443/x"),
    page(following="https://ideen.example.org@evil.example/"), page(following="javascript:alert(1)"),
    page(following="/x\nHost: evil"), page(following="x" * 3000),
])  # fmt: skip
def test_another_shape_ends_the_reading(app, answer):
    with pytest.raises(Outside):
        read_page(answer, address=HERE)


@pytest.mark.parametrize("more", [
    {"id": None}, {"id": True}, {"id": []}, {"id": ""}, {"id": "x" * 81}, {"id": 1.5}, {"title": ""}, {"title": None},
    {"title": ["a"]}, {"title": "\u202e\u200b"}, {"text": ""}, {"text": {}}, {"url": 7}, {"url": "https://evil.example/"},
    {"id": "\u0958" * 80}, {"state": "withdrawn"}, {"origin": "import"}, {"call": {"stage": "over"}},
    {"url": "javascript:alert(1)"}, {"url": "/" + "x" * 600}, {"url": "data:text/html,x"},
])  # fmt: skip
def test_what_lacks_something_or_is_not_open_is_no_idea(app, more):
    assert read_page(page(idea(7, **more)), address=HERE).ideas == ()


def test_texts_are_cleaned_and_cut_and_odd_values_left_out(app):
    found = one(title="A\u202e\ud800B\n" + "x" * 500, text="<b>x</b>\x00" + "y" * 20_000, topic=7, support_count=-3)
    assert (found.title[:4], len(found.title)) == ("AB x", 120)
    assert (found.text[:8], len(found.text)) == ("<b>x</b>", 10_000)
    assert (found.topic, found.support_count) == ("", 0)
    for odd in ("gestern", "2026-09-01T10:00:00", "9999-12-31T23:59:59Z", 7, None, "x" * 50):
        assert one(published_at=odd).published_at is None
    assert one(support_count=True).support_count == one(support_count=2**40).support_count == 0
