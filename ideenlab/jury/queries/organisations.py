"""Whether two texts name one organisation, and whether a mail address belongs to one. Read from names alone."""

import re
from itertools import pairwise

from ideenlab.core.text import fold

LEGAL_FORMS = frozenset(("gmbh", "ggmbh", "mbh", "ag", "se", "kg", "ohg", "ug", "eg", "ev", "gbr", "ltd", "inc", "co"))
SHORTEST_NAME = 3
# Where anybody may have a mailbox: an address there says nothing about who somebody works for
MAIL_PROVIDERS = frozenset((
    "aol.com", "aol.de", "arcor.de", "email.de", "fastmail.com", "freenet.de", "gmail.com", "gmx.at", "gmx.ch",
    "gmx.de", "gmx.net", "googlemail.com", "hotmail.com", "hotmail.de", "icloud.com", "kabelmail.de", "live.com",
    "live.de", "mac.com", "mail.com", "mail.de", "mail.ru", "mailbox.org", "me.com", "msn.com", "online.de",
    "outlook.com", "outlook.de", "pm.me", "posteo.de", "posteo.net", "proton.me", "protonmail.com",
    "riseup.net", "t-online.de", "tuta.com", "tutanota.com", "tutanota.de", "unitybox.de", "vodafone.de",
    "vodafonemail.de", "web.de", "yahoo.com", "yahoo.de", "yandex.com", "ymail.com", "zoho.com",
))  # fmt: skip


def words_of(name: str) -> list[str]:
    """The words of a name as they are compared: folded, without its legal form ("e. V." as well)."""
    words = [word for word in re.split(r"[^0-9a-z]+", fold(name)) if word]
    joined = [a + b for a, b in pairwise(words)]
    if joined and joined[-1] == "ev":
        words = words[:-2]
    return [word for word in words if word not in LEGAL_FORMS]


def is_same_organisation(one: str, other: str) -> bool:
    """The same name, or the one is a part of the other: "Hochschule Osnabrück" and "Hochschule Osnabrück, Fakultät I".

    A single word, which may be a town, must be the whole name.
    """
    shorter, longer = sorted((words_of(one), words_of(other)), key=len)
    if not shorter:
        return False
    if len(shorter) == 1:
        return shorter == longer
    return any(longer[at : at + len(shorter)] == shorter for at in range(len(longer) - len(shorter) + 1))


def domain_of(organisation: str, email: str | None) -> str:
    """The domain of an address when it is that of this organisation, otherwise nothing.

    Careful, for a wrong suspicion says something about somebody's work: never a provider of mailboxes, and a domain
    only where a word of the organisation's name stands in it ("Hochschule Osnabrück": hs-osnabrueck.de).
    """
    domain = (email or "").rpartition("@")[2].casefold()
    if not domain or any(domain == provider or domain.endswith(f".{provider}") for provider in MAIL_PROVIDERS):
        return ""
    labels = domain.split(".")[:-1]  # without the ending of the country
    known = [word for word in words_of(organisation) if len(word) >= SHORTEST_NAME]
    return domain if any(word in label for word in known for label in labels) else ""


def is_under(domain: str, email: str | None) -> bool:
    """Whether an address lies in this domain or in a part of it, or the domain in a part of the address's."""
    other = (email or "").rpartition("@")[2].casefold()
    if not domain or not other or other in MAIL_PROVIDERS:
        return False
    return other == domain or other.endswith(f".{domain}") or domain.endswith(f".{other}")
