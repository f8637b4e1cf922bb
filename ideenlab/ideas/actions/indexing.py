from sqlalchemy import select, text, update

from ideenlab.core.db import db
from ideenlab.core.search import Document, put_documents, remove_documents
from ideenlab.core.search.index import become_the_only_writer
from ideenlab.ideas.models import TO_INDEX, Idea
from ideenlab.ideas.queries import position_of

BATCH = 250


def index_ideas() -> int:
    """Put the next ideas that were published or changed into the search, and take out what is no longer shown.

    Gives their number; 0 when nothing waits or another worker is at it. Who changes an idea at this moment waits
    for the end of the transaction and marks it anew.
    """
    if not become_the_only_writer():
        return 0
    waiting = select(Idea.id).where(text(TO_INDEX)).order_by(Idea.id).limit(BATCH)
    numbers = list(db.session.scalars(waiting.with_for_update(skip_locked=True)))
    if not numbers:
        return 0
    claimed = db.session.execute(
        update(Idea)
        .where(Idea.id.in_(numbers))
        .values(is_indexed=True)
        .returning(Idea.id, Idea.call_id, Idea.state, Idea.published_at, Idea.title, Idea.text),
        execution_options={"synchronize_session": False},
    ).all()
    shown = [
        Document(number, call_id, position_of(published_at), f"{title}\n{words}")
        for number, call_id, state, published_at, title, words in claimed
        if state == "published" and published_at
    ]
    put_documents(shown)
    remove_documents(set(numbers) - {document.id for document in shown})
    return len(numbers)


def index_all_anew() -> int:
    """Have every idea indexed again, for after a change of the words. Gives their number."""
    marked = db.session.execute(
        update(Idea).where(Idea.state != "draft").values(is_indexed=False),
        execution_options={"synchronize_session": False},
    )
    return int(marked.rowcount)  # type: ignore[attr-defined]
