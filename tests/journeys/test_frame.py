"""What every page shares, seen in a browser."""

import pytest

pytestmark = pytest.mark.journey
PAGES = ["/", "/so-funktioniert-es", "/datenschutz", "/impressum", "/barrierefreiheit", "/ergebnisse", "/gibt-es-nicht"]


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_pages_around_everything_are_accessible(guest, size, dark):
    visitor = guest(size=size, dark=dark)
    for path in PAGES:
        visitor.open(path)
        visitor.open(f"/en{path}")
