import pytest

from ideenlab.core.text import normalise_email


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a@example.org", "a@example.org"),
        ("Anna@Example.ORG", "anna@example.org"),
        ("a+tag@x.de", "a+tag@x.de"),
        ("a@müller.de", "a@xn--mller-kva.de"),
        ("A@XN--MLLER-KVA.de", "a@xn--mller-kva.de"),
        (" \u200b\ta@x.de\u00a0\ufeff\r\n", "a@x.de"),
        ("a\u200b@x.de", "a@x.de"),
    ],
)
def test_one_address_is_kept_in_one_form(typed, kept):
    assert normalise_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        None, "", " ", "a", "a@b", "@x.de", "a@@x.de", "a b@x.de", "a@x..de", "a.@x.de", ".a@x.de", "a@x.de.",
        "a@x.de\r\nBcc: v@y.de", "a@x.de\nv@y.de", "a@x.de%0aCc:v@y.de", '"a\\"b"@x.de', "a@[127.0.0.1]",
        "a@x.de,b@y.de", "a@x.de;b@y.de", "a@x.de b@y.de", "Name <a@x.de>", "<a@x.de>", "ä@müller.de", "例え@テスト",
        "a@-x.de", "a@x_y.de", "x" * 65 + "@x.de", "a@" + "x" * 260 + ".de", "x" * 1_000_000, "mailto:a@x.de",
        "a@localhost",
    ],
)  # fmt: skip
def test_anything_else_is_no_address(typed):
    assert normalise_email(typed) is None
