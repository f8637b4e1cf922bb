"""Names in braces stand for something that is known when a text is shown. Nothing of a text is ever run."""

import re
from collections.abc import Iterable, Mapping

NAME = re.compile(r"\{([^{}\n]{1,40})\}")


def unknown_names(text: str, known: Iterable[str]) -> list[str]:
    """What stands in braces and means nothing here, each once."""
    return sorted(set(NAME.findall(text)) - set(known))


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """Each known name by its value; a value is never looked through for names again."""
    return NAME.sub(lambda match: values.get(match[1], match[0]), text)
