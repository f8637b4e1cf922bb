"""The city's colour: contrast by the formula of WCAG, checked against published values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideenlab.city.maths import (
    LIGHT_PAGES,
    READABLE,
    contrast,
    css_of,
    lowest_contrast,
    nearest_that_passes,
    read_colour,
    shades_of,
)
from ideenlab.city.maths.colours import DARK_PAGES

# Published by W3C (Understanding 1.4.3, technique G18 and F83) and WebAIM's contrast checker
PUBLISHED = [
    ("#000000", "#ffffff", 21.0),
    ("#777777", "#ffffff", 4.47),
    ("#767676", "#ffffff", 4.54),
    ("#949494", "#ffffff", 3.03),
    ("#0000ff", "#ffffff", 8.59),
    ("#ff0000", "#ffffff", 3.99),
    ("#00ff00", "#ffffff", 1.37),
    ("#ffff00", "#000000", 19.55),
    ("#595959", "#ffffff", 7.0),
]
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(("one", "other", "ratio"), PUBLISHED)
def test_contrast_is_what_wcag_says(one, other, ratio):
    assert contrast(one, other) == contrast(other, one)
    assert int(contrast(one, other) * 100 + 1e-9) / 100 == ratio  # published without rounding


def test_a_colour_is_read_in_every_usual_form():
    read = {
        typed: read_colour(typed) for typed in ("#00695C", " 00695c ", "#06c", "red", "#12345", "#ggg", "", "#1234567")
    }
    assert read == {
        "#00695C": "#00695c", " 00695c ": "#00695c", "#06c": "#0066cc", "red": None, "#12345": None, "#ggg": None,
        "": None, "#1234567": None,
    }  # fmt: skip


@given(colours)
def test_every_colour_has_a_nearest_shade_for_both_pages(colour):
    light, dark = nearest_that_passes(colour, LIGHT_PAGES, "#000000"), shades_of(colour).dark
    assert lowest_contrast(light, LIGHT_PAGES) >= READABLE
    assert lowest_contrast(dark, DARK_PAGES) >= READABLE
    if lowest_contrast(colour, LIGHT_PAGES) >= READABLE:
        assert light == colour
        shades = shades_of(colour)
        assert contrast(shades.on_light, colour) >= READABLE
        assert contrast(shades.on_dark, dark) >= READABLE
        assert contrast("#131525", shades.light_tint) >= READABLE
        assert contrast("#f3f4f7", shades.dark_tint) >= READABLE


def test_the_stylesheet_holds_the_colour_for_both_pages_and_nothing_else():
    css = css_of("#aa0044")
    assert "print, (prefers-color-scheme: light)" in css  # paper is white
    assert "--kern-color-action-default: #aa0044" in css
    assert f"--kern-color-action-default: {shades_of('#aa0044').dark}" in css
    assert not set(css) & set("<>\\@") - {"@"}
