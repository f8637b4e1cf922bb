from ideenlab.core.braces import fill_in, unknown_names
from ideenlab.texts.rules import (
    PAGES,
    example_of,
    in_use,
    may_change_mails,
    may_change_pages,
    must_hold,
    page_html,
    page_titles,
    placeholder_names,
)
from tests.factories import a_person


def test_a_value_is_never_looked_through_for_names_again():
    assert fill_in("{a} {b} {c} { d }", {"a": "{b}", "b": "<i>"}) == "{b} <i> {c} { d }"
    assert unknown_names("{a} {x} {x} {}", ["a"]) == ["x"]


def test_names_pages_and_people(app):
    assert set(in_use()) == set(placeholder_names())
    assert set(page_titles()) == set(PAGES)
    assert must_hold(["name", "link", "link2", "code"]) == ["code", "link"]
    assert example_of("title2") == example_of("title")
    organiser, administrator = a_person("organiser"), a_person("administrator")
    assert (bool(may_change_mails(organiser)), bool(may_change_pages(organiser))) == (True, False)
    assert (bool(may_change_mails(administrator)), bool(may_change_pages(administrator))) == (True, True)


def test_markdown_of_a_page_begins_below_its_title_and_links_know_two_names():
    assert page_html("# A\n\n## B") == "<h2>A</h2>\n<h3>B</h3>\n"
    assert page_html("## A\n\n### B") == "<h2>A</h2>\n<h3>B</h3>\n"
    assert 'href="mailto:{mail}"' in page_html("[schreiben](mailto:{mail})")
    assert "href" not in page_html("[x](javascript:alert(1))")
