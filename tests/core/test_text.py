import time

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideenlab.core.text import clean_line, clean_text, excerpt, fold, render_markdown, without_links

SAFE = {
    "html",
    "head",
    "body",
    "p",
    "br",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "a",
    "blockquote",
    "code",
    "pre",
    "h3",
    "h4",
    "h5",
    "hr",
    "del",
}

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "<math><mtext></mtext></math>",
    "<template><script>1</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=1>'>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "<javascript:alert(1)>",
    "![x](http://127.0.0.1/)",
    "[a]: javascript:alert(1)\n[a]",
    '[x](https://a.de "onmouseover=alert(1)")',
    "`<b>`",
    "<!-- --><b>",
    "<a href='//evil'>",
    '[x](<https://a.de/" onclick="alert(1)>)',
    "{{7*7}} ${7*7} {0.__class__} %s%n",
    "<style>*{}</style>",
    "<base href=//x>",
]


def check_safe(html):
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    for element in tree.iter():
        if isinstance(element.tag, str) and element is not tree and element.tag != "DOCUMENT_FRAGMENT":
            assert element.tag in SAFE
            assert set(element.attrib) <= {"href", "title", "rel", "start"}
            href = element.get("href", "https://")
            assert href.startswith(("http://", "https://", "mailto:", "/", "#")), href


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_never_becomes_anything_that_runs(text):
    check_safe(render_markdown(text))


@given(st.text(max_size=300))
def test_no_text_at_all_becomes_anything_that_runs(text):
    check_safe(render_markdown(text))


LONG = [
    "[" * 20_000,
    "[a](" * 5_000,
    "[" * 5_000 + "a" + "]" * 5_000,
    ">" * 5_000,
    "- " * 5_000,
    "*a_ " * 5_000,
    "`" * 9_000 + "a",
    "|a" * 5_000,
    "\n".join("  " * n + "- a" for n in range(150)),
]


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:6])
def test_no_text_costs_more_than_seconds_of_processor(text):
    begin = time.process_time()
    render_markdown(text)
    assert time.process_time() - begin < 5.0  # on a busy machine; what explodes takes minutes


def test_markdown_that_people_use_is_kept():
    assert render_markdown("# Titel\n\n**fett** und *schräg*\n\n- eins\n- zwei") == (
        "<h3>Titel</h3>\n<p><strong>fett</strong> und <em>schräg</em></p>\n<ul>\n<li>eins</li>\n<li>zwei</li>\n</ul>\n"
    )


def test_links_are_marked_as_foreign():
    assert render_markdown("[Karte](https://example.org)") == (
        '<p><a rel="nofollow ugc noopener" href="https://example.org">Karte</a></p>\n'
    )


CLEANED = [
    ("  a  ", "a"),
    ("\u200b\ufeff\u00ad\u2800\u3164", ""),
    ("\t\n ", ""),
    ("a\x00b", "ab"),
    ("a\x07b\x7f", "ab"),
    ("a\r\nb\rc", "a\nb\nc"),
    ("\u202ereversed", "reversed"),
    ("e\u0301", "é"),
    ("Z" + "\u0301" * 200, "Ź\u0301\u0301\u0301\u0301"),
    ("👨‍👩‍👧", "👨‍👩‍👧"),
    ("🇩🇪", "🇩🇪"),
    ("O'Brien", "O'Brien"),
    ("=1+1", "=1+1"),
    ("../../etc", "../../etc"),
    ("{{7*7}}", "{{7*7}}"),
    ("שלום", "שלום"),
    ("a\x0bb", "a\nb"),
]


@pytest.mark.parametrize(("typed", "kept"), CLEANED)
def test_what_is_typed_is_kept_without_what_cannot_be_seen(typed, kept):
    assert clean_text(typed) == kept


def test_a_line_has_no_second_line():
    assert clean_line("a\n  b\t c") == "a b c"


SAME = [
    ("Müller", "mueller"),
    ("STRASSE", "straße"),
    ("é", "e\u0301"),
    ("Аdmin", "admin"),
    ("ﬁt", "fit"),
    (" a  b ", "A B"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_that_look_the_same_are_the_same(one, other):
    assert fold(one) == fold(other)


@given(st.text(max_size=200))
def test_cleaning_and_folding_twice_changes_nothing(text):
    assert clean_text(clean_text(text)) == clean_text(text)
    assert fold(fold(text)) == fold(text)


def test_an_excerpt_is_plain_and_ends_at_a_word():
    assert excerpt("# Titel\n\n- **fett** [Karte](https://x.de) und mehr", 60) == "Titel fett Karte und mehr"
    assert excerpt("eins zwei drei vier", 12) == "eins zwei …"


@pytest.mark.parametrize(
    "sign", [" ", "\t", "\u00a0", "a ", " \n", "\u200b", "\u0300", "\n ", "\u0300\u0316", "\u05b0\u05bc"]
)
def test_a_megabyte_of_anything_is_cleaned_at_once(sign):
    begun = time.process_time()
    clean_line(sign * (1_000_000 // len(sign)))
    assert time.process_time() - begun < 3


def test_in_mails_to_strangers_no_name_becomes_a_link():
    names = {
        "Maria Müller-Lüdenscheidt": "Maria Müller-Lüdenscheidt", "St. Marien e.V.": "St. Marien e.V.",
        "Gewinn: https://evil.example/x?y jetzt": "Gewinn: […] jetzt", "WWW.evil": "[…]", "evil.com/a b": "[…] b",
        "{name}": "{name}",
    }  # fmt: skip
    assert {name: without_links(name) for name in names} == names
