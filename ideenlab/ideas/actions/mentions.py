"""`@Anna Beispiel` in a comment tells Anna, if she takes part in the discussion. Nothing is linked.

Whoever wrote the comment has been asked for the right before.
"""

import re
from collections.abc import Collection, Iterator

from ideenlab.accounts.models import Person
from ideenlab.comments.models import Comment
from ideenlab.comments.queries import takers_of
from ideenlab.core.clock import now
from ideenlab.core.text import fold
from ideenlab.ideas.models import Idea
from ideenlab.notifications.actions import tell

MOST_MENTIONS = 5  # in one comment
MOST_TRIED = 20  # signs that could begin one
MOST_WORDS = 5  # of a pseudonym
LONGEST = 60
AT = re.compile(rf"(?<![\w@.])@(?=[^\s@])(?P<rest>[^\n@]{{1,{LONGEST}}})")


def tell_mentioned(comment: Comment, *, idea: Idea, but: Collection[int | None]) -> None:
    """Each person once a day and idea, however often and by whomever they are mentioned."""
    if not idea.call.takes_mentions or "@" not in comment.text:
        return
    for person in mentioned_in(comment.text, idea=idea):
        if person.id not in but and person.id != comment.author_id:
            key = f"mention-{idea.id}-{person.id}-{now().date()}"
            tell(person, "comments/mentioned", once_key=key, comment=comment, idea=idea)


def mentioned_in(text: str, *, idea: Idea) -> list[Person]:
    """Who is meant: of each `@` the longest pseudonym that somebody of this discussion has."""
    tried = [list(_beginnings(match["rest"])) for match, _n in zip(AT.finditer(text), range(MOST_TRIED), strict=False)]
    folded = {name for names in tried for name in names}
    if not folded:
        return []
    author = [idea.author_id] if idea.author_id else []
    known = {person.pseudonym_folded: person for person in takers_of(idea.thread_id, folded=folded, also=author)}
    meant = (next((known[name] for name in names if name in known), None) for names in tried)
    return list({person.id: person for person in meant if person}.values())[:MOST_MENTIONS]


def _beginnings(rest: str) -> Iterator[str]:
    """The first five words, the first four, …; in quotes what stands between them. Signs at the end may not belong."""
    quoted = re.match(r'["„“”]([^"„“”]+)["“”]', rest)
    words = quoted[1].split() if quoted else rest.split()[:MOST_WORDS]
    for number in range(len(words), 0, -1):
        name = " ".join(words[:number])
        yield fold(name)
        if name.rstrip(".,;:!?)") != name:
            yield fold(name.rstrip(".,;:!?)"))
