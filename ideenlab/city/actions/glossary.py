from ideenlab.accounts.models import Person
from ideenlab.city.models import GlossaryWord
from ideenlab.city.queries import glossary
from ideenlab.city.rules import may_keep_glossary
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, fold
from ideenlab.core.upsert import insert_missing
from ideenlab.core.verdict import require
from ideenlab.history.actions import record

LONGEST_WORD: int = GlossaryWord.word.type.length
LONGEST_INSTEAD: int = GlossaryWord.instead.type.length
MOST_WORDS = 500


def add_word(organiser: Person, *, word: str, instead: str) -> None:
    """A word that the city does not use, and what it says in its place."""
    require(may_keep_glossary(organiser))
    word, instead = clean_line(word), clean_line(instead)
    if not 2 <= len(word) <= LONGEST_WORD:
        raise Invalid(_("A word has 2 to %(most)s characters.", most=LONGEST_WORD), field="word")
    if not 2 <= len(instead) <= LONGEST_INSTEAD or fold(instead) == fold(word):
        raise Invalid(_("Please say which other words the city uses in its place."), field="instead")
    if len(glossary()) >= MOST_WORDS:
        raise Invalid(_("The list is full: it has %(most)s words.", most=MOST_WORDS), field="word")
    row = {"word": word, "word_folded": fold(word)[:120], "instead": instead}
    if not insert_missing(GlossaryWord, row):
        raise Invalid(_("This word is in the list already."), field="word")


def remove_word(organiser: Person, *, word: GlossaryWord) -> None:
    require(may_keep_glossary(organiser))
    record(organiser, "city.word_removed", word, note=word.word)
    db.session.delete(word)
    db.session.flush()
