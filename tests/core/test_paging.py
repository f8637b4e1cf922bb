import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideenlab.core.paging import pack_numbers, read_cursor, unpack_numbers, write_cursor

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


@given(st.lists(st.integers(min_value=1, max_value=2**31 - 1), max_size=200))
def test_packed_numbers_come_back_sorted_and_short(numbers):
    packed = pack_numbers(numbers)
    assert unpack_numbers(packed, most=200, largest=2**31 - 1) == sorted(set(numbers))
    assert len(packed) <= 7 * len(numbers)


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_made_up_packs_are_refused_or_stay_in_bounds(packed):
    numbers = unpack_numbers(packed, most=20, largest=1_000)
    assert numbers is None or (len(numbers) <= 20 and all(0 <= number <= 1_000 for number in numbers))
