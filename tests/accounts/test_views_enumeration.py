"""An outsider cannot tell by the clock who has an account: with the real price of a password."""

import statistics
import time

from ideenlab.core.passwords import hash_password
from tests.factories import a_person


def test_known_and_unknown_addresses_take_the_same_time(client):
    password_hash = hash_password("kaffee & kuchen")
    known = [a_person(password_hash=password_hash).email for _number in range(10)]
    unknown = [f"nobody{number}@example.org" for number in range(10)]
    spent = {True: [], False: []}
    for pair in zip(known, unknown, strict=True):
        for email in pair:
            begin = time.perf_counter()
            client.post("/anmelden", data={"email": email, "password": "wrong pass"})
            spent[email in known].append(time.perf_counter() - begin)
    slow, fast = sorted(statistics.median(times) for times in spent.values())[::-1]
    assert slow - fast < 0.5 * fast, "without the dummy hash the difference is more than tenfold"
