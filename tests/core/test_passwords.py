import pytest

from ideenlab.core import passwords
from ideenlab.core.passwords import hash_password, is_easy, is_password
from tests.conftest import full_price


@pytest.fixture(autouse=True)
def at_full_price(monkeypatch):
    """Elsewhere tests hash with less memory."""
    monkeypatch.setattr(passwords, "_hasher", full_price)


WORDS = ["Ideenlab", "Osnabrück", "Radlerin"]


def test_a_password_is_known_again_and_nothing_else_is():
    kept = hash_password("vier Bäume im Hof")
    assert is_password("vier Bäume im Hof", kept)
    assert not is_password("vier Bäume im Hof ", kept)
    assert not is_password("", kept)
    assert not is_password("vier Bäume im Hof", None)
    assert not is_password("vier Bäume im Hof", "no hash at all")


def test_the_same_password_is_kept_differently_each_time_and_with_64_mib():
    first, second = hash_password("vier Bäume im Hof"), hash_password("vier Bäume im Hof")
    assert first != second
    assert first.startswith("$argon2id$v=19$m=65536,")


@pytest.mark.parametrize(
    "password",
    [
        "password", "Passwort123!", "PASSWORT", "Ideenlab2026", "ideenlab!", "Osnabrück1!", "osnabrueck", "Radlerin1",
        "12345678", "aaaaaaaa", "11112222", "qwertzui", "abcd1234", "Sommer2026!", "hunter22", "????????", "ⓟassword",
    ],
)  # fmt: skip
def test_easy_passwords_are_seen(password):
    assert is_easy(password, WORDS)


@pytest.mark.parametrize(
    "password", ["kaffee&kuchen", "correct horse", "  zwölf Bäume ", "tr0ub4dor&3", "🐶🐱🐭🐹🐰🦊🐻🐼", "xK9#mqz!"]
)
def test_other_passwords_are_not(password):
    assert not is_easy(password, WORDS)
