"""Sentences of ours that were stored when nobody read them, so in German."""

from ideenlab.core.i18n import gettext, language, speaking


def reread(stored: str, sentence: str) -> str:
    """What was stored as this sentence, in the language of the reader. A `%(number)s` at its end stays."""
    if language() == "de":
        return stored
    with speaking("de"):
        german, sign, _rest = gettext(sentence).partition("%(")
    if sign and stored.startswith(german):
        return gettext(sentence, number=stored.removeprefix(german))
    return gettext(sentence) if stored == german else stored
