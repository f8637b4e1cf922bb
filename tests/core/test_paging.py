import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideenlab.core.paging import read_cursor, write_cursor

NUMBERS = st.integers(min_value=-(2**61), max_value=2**61)


@given(NUMBERS, st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
def test_a_cursor_comes_back_as_it_was_written(number, text):
    assert read_cursor(write_cursor(number, text), int, str) == [number, text]


BROKEN = [
    "",
    None,
    "abc",
    "=",
    "W10",
    "x" * 2000,
    "١٢",
    "W1tbW1tb",
    write_cursor(1),
    write_cursor("1", 1),
    write_cursor(2**70, "a"),
]


@pytest.mark.parametrize("cursor", BROKEN)
def test_a_broken_cursor_is_the_first_page(cursor):
    assert read_cursor(cursor, int, str) is None


@given(st.text(max_size=500))
def test_no_cursor_breaks_anything(text):
    read_cursor(text, int, str)
