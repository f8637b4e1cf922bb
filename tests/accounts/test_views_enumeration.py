"""An outsider cannot tell by the clock who has an account: with the real price of a password."""

from argon2 import PasswordHasher

from ideenlab.core.passwords import hash_password
from tests.factories import a_person


def test_known_and_unknown_addresses_cost_the_same_slow_work(client, monkeypatch):
    """What takes the time is the hash: it is compared once, whether there is one or not."""
    compared = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda *args: (compared.append(1), verify(*args))[1])
    known = a_person(password_hash=hash_password("kaffee & kuchen")).email
    without_password = a_person().email
    work = []
    for email in (known, without_password, "nobody@example.org"):
        compared.clear()
        client.post("/anmelden", data={"email": email, "password": "wrong pass"})
        work.append(len(compared))
    assert work == [1, 1, 1]
