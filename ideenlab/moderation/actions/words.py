from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, fold
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.moderation.models import Word
from ideenlab.moderation.queries import words
from ideenlab.moderation.rules import may_moderate

MOST_WORDS, LONGEST_WORD = 500, 60


def add_word(moderator: Person, *, word: str) -> Word:
    """A word that is shown as a hint from now on. `fahrrad*` takes in `Fahrraddieb`."""
    require(may_moderate(moderator))
    word = clean_line(word)
    folded = fold(word.removesuffix("*")) + ("*" if word.endswith("*") else "")
    if not folded.strip("* ") or len(word) > LONGEST_WORD:
        raise Invalid(_("A word has 1 to %(most)s characters.", most=LONGEST_WORD), field="word")
    known = words()
    if any(other.folded == folded for other in known):
        raise Invalid(_("This word is on the list already."), field="word")
    if len(known) >= MOST_WORDS:
        raise Invalid(_("The list is full: it has %(most)s words.", most=MOST_WORDS), field="word")
    added = Word(word=word, folded=folded)
    db.session.add(added)
    record(moderator, "moderation.word_added", added)
    db.session.flush()
    return added


def remove_word(moderator: Person, *, word: Word) -> None:
    require(may_moderate(moderator))
    record(moderator, "moderation.word_removed", word)
    db.session.delete(word)
    db.session.flush()
