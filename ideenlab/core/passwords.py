"""Passwords: kept as argon2id, compared in the same time whether there is something to compare with or not."""

import re
import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ideenlab.core.text import fold

SHORTEST, LONGEST = 8, 128
_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
_at_once = threading.BoundedSemaphore(2)  # 64 MiB each

COMMON = frozenset(
    """
    password passwort passwörter kennwort geheim geheimnis geheimwort hallo willkommen qwertz qwerty qwertzuiop
    qwertyuiop asdfghjkl yxcvbnm zxcvbnm asdfjkl asdf iloveyou ichliebedich schatz
    schatzi liebe sonnenschein sommer winter frühling herbst montag fussball football baseball basketball computer
    internet master monkey dragon superman batman pokemon starwars princess prinzessin sunshine welcome letmein admin
    administrator root test testtest user benutzer login trustno hunter shadow michael jennifer thomas daniel
    alexander andreas stefan christian hamburg berlin münchen köln frankfurt deutschland germany bayern borussia
    schalke dortmund werder hallohallo hallowelt helloworld whatever freedom secret changeme default guest gast
    nix einszweidrei passwd pass pw juventus arsenal liverpool chelsea ferrari porsche mercedes mustang samsung
    google facebook linkedin instagram apple windows minecraft fortnite butterfly schmetterling schnuffel mausi hase
    killer ninja azerty jesus matrix merlin cookie summer flower lovely babygirl charlie michelle jessica ashley
    nicole tigger pepper ginger buster soccer hockey ranger jordan harley
    """.split()  # noqa: SIM905 – a list of words reads better so
)
KEYBOARD = (
    "01234567890", "9876543210", "qwertzuiop", "qwertyuiop", "asdfghjkl", "yxcvbnm", "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
)  # fmt: skip


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Slow on purpose: call it outside of transactions."""
    with _at_once:
        return _hasher.hash(password)


def is_password(password: str, password_hash: str | None) -> bool:
    """Whether the hash is of this password. Takes as long where there is no hash."""
    if len(password) > LONGEST:
        return False
    known = password_hash or _nobodys_hash()
    with _at_once:
        try:
            return _hasher.verify(known, password) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False


def is_easy(password: str, words: list[str]) -> bool:
    """Whether little is left of a password without common ones, years, rows of keys and the words around it."""
    rest = "".join(fold(password).split())
    known = {fold(word) for word in (*words, *COMMON)}
    for word in sorted((word for word in known if len(word) > 3), key=len, reverse=True):
        rest = rest.replace(word, "")
    return _signs_that_surprise(re.sub(r"(19|20)[0-9]{2}", "", rest)) < 4


def _signs_that_surprise(text: str) -> int:
    """How many signs neither repeat the one before nor follow it on a keyboard."""
    rows = {row[i : i + 2] for row in KEYBOARD for i in range(len(row) - 1)}
    return sum(i == 0 or (sign != text[i - 1] and text[i - 1] + sign not in rows) for i, sign in enumerate(text))
