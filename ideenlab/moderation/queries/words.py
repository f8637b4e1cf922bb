"""Hints: words of the city's list, and links. They say where to look; nobody is refused anything by them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from ideenlab.comments.models import Comment
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.text import fold
from ideenlab.ideas.models import Idea
from ideenlab.moderation.models import Word
from ideenlab.moderation.queries.kinds import things_of
from ideenlab.moderation.queries.things import Thing

LINK = re.compile(r"(?:https?://|www\.)[^\s)>\]]+", re.IGNORECASE)


@dataclass(frozen=True)
class Hint:
    """Why something is worth a look."""

    words: tuple[str, ...]
    links: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words or self.links)


def words() -> list[Word]:
    return list(db.session.scalars(select(Word).order_by(Word.folded, Word.id)))


def get_word(word_id: int) -> Word:
    word = find(Word, word_id)
    if word is None:
        raise NotFound
    return word


def hint_for(thing: Thing, known: list[Word]) -> Hint:
    return _hint(thing.words, known)


def _hint(text: str, known: list[Word]) -> Hint:
    folded = fold(text)
    found = tuple(word.word for word in known if contains_word(folded, word.folded))
    return Hint(found, tuple(dict.fromkeys(LINK.findall(text)))[:5])


def contains_word(folded_text: str, folded_word: str) -> bool:
    """As a word of its own: `Arsch` is not in `Marsch`. An asterisk at its end takes in what follows."""
    stem = folded_word.removesuffix("*")
    end = "" if folded_word.endswith("*") else r"(?!\w)"
    return bool(stem) and re.search(rf"(?<!\w){re.escape(stem)}{end}", folded_text) is not None


def worth_a_look(ideas: Sequence[Idea], comments: Sequence[Comment], limit: int) -> list[tuple[Thing, Hint]]:
    """Of these, what holds a word of the list or a link, latest first."""
    known = words()
    hints = {("ideas", idea.id): _hint(f"{idea.title}\n{idea.text}", known) for idea in ideas}
    hints |= {("comments", comment.id): _hint(comment.text, known) for comment in comments}
    hinted = [(thing, hints[key]) for key, thing in things_of(key for key, hint in hints.items() if hint).items()]
    return sorted(hinted, key=lambda pair: (pair[0].written_at, pair[0].key), reverse=True)[:limit]
