"""Ideas and comments of somebody who is erased."""

from collections.abc import Collection

from sqlalchemy import delete, func, or_, select, update

from ideenlab.accounts.models import Person
from ideenlab.comments.models import Comment, CommentVersion, Thread
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import speaking
from ideenlab.core.search import remove_documents
from ideenlab.core.search.index import wait_to_be_the_only_writer
from ideenlab.ideas.models import CoAuthor, Idea, IdeaVersion
from ideenlab.notifications.models import Follow, Notice
from ideenlab.privacy.actions.remains import drop_images, forget_quotes
from ideenlab.privacy.queries import ideas_by_fate

QUIETLY = {"synchronize_session": False}


def hold_contents(person: Person) -> None:
    """Nobody writes into the person's discussions, and no worker into the search, before we are done."""
    wait_to_be_the_only_writer()
    theirs = or_(
        Thread.id.in_(select(Comment.thread_id).where(Comment.author_id == person.id)),
        Thread.id.in_(select(Idea.thread_id).where(Idea.author_id == person.id)),
    )
    db.session.execute(select(Thread.id).where(theirs).order_by(Thread.id).with_for_update())


def erase_comments(person: Person, *, way: str) -> None:
    """The thread stays; its places say that something was deleted."""
    mine = Comment.author_id == person.id
    numbers, threads = _numbers(Comment.id, mine), _numbers(Comment.thread_id, mine)
    versions = CommentVersion.comment_id.in_(select(Comment.id).where(mine))
    db.session.execute(delete(CommentVersion).where(versions), execution_options=QUIETLY)
    if way == "everything":
        gone = {"state": "withdrawn", "text": "", "text_html": "", "hidden_reason": "", "stance": "neutral"}
        forget_quotes(numbers, ())
    else:
        gone = {"hidden_reason": ""}
        unseen = {"state": "withdrawn", "text": "", "text_html": ""}
        hidden = update(Comment).where(mine, Comment.state != "visible").values(unseen)
        db.session.execute(hidden, execution_options=QUIETLY)
    db.session.execute(update(Comment).where(mine).values(author_id=None, **gone), execution_options=QUIETLY)
    visible = select(func.count()).where(Comment.thread_id == Idea.thread_id, Comment.state == "visible")
    counted = update(Idea).where(Idea.thread_id.in_(threads)).values(comment_count=visible.scalar_subquery())
    db.session.execute(counted, execution_options=QUIETLY)


def erase_ideas(person: Person, *, way: str) -> None:
    """What nobody built on is deleted. The rest stays without a name, its words only where more than talk hangs on."""
    goes, wordless, stays = ideas_by_fate(person, way=way)
    drop_images([*goes, *wordless, *(stays if way == "everything" else ())])
    _forget_told([*goes, *wordless])
    db.session.execute(delete(IdeaVersion).where(IdeaVersion.idea_id.in_([*wordless, *stays])))
    remove_documents([*goes, *wordless])
    if wordless:
        with speaking("de"):
            title = _("Deleted idea")
        blank = {
            "state": "withdrawn", "title": title, "text": "", "text_html": "", "excerpt": "", "label": "", "place": "",
            "latitude": None, "longitude": None, "source_url": "", "external_id": None, "hidden_reason": "",
            "is_indexed": True, "changed_at": now(),
        }  # fmt: skip
        db.session.execute(update(Idea).where(Idea.id.in_(wordless)).values(blank), execution_options=QUIETLY)
    nameless = update(Idea).where(Idea.author_id == person.id).values(author_id=None, code_hash=None, hidden_reason="")
    db.session.execute(nameless, execution_options=QUIETLY)
    threads = list(db.session.scalars(select(Idea.thread_id).where(Idea.id.in_(goes))))
    db.session.execute(delete(Idea).where(Idea.id.in_(goes)), execution_options=QUIETLY)
    db.session.execute(delete(Thread).where(Thread.id.in_(threads)), execution_options=QUIETLY)


def leave_co_authors(person: Person) -> None:
    """Whoever wrote along is named no more."""
    written = select(CoAuthor.idea_id).where(CoAuthor.person_id == person.id)
    fewer = update(Idea).where(Idea.id.in_(written)).values(co_author_count=Idea.co_author_count - 1)
    db.session.execute(fewer, execution_options=QUIETLY)
    db.session.execute(delete(CoAuthor).where(CoAuthor.person_id == person.id), execution_options=QUIETLY)


def _numbers(column: object, where: object) -> list[int]:
    return list(db.session.scalars(select(column).where(where).distinct()))  # type: ignore[call-overload]


def _forget_told(ideas: Collection[int]) -> None:
    """What others were told about them quotes them."""
    for model in (Notice, Follow):
        told = delete(model).where(model.thing == "ideas", model.thing_id.in_(ideas))
        db.session.execute(told, execution_options=QUIETLY)
    forget_quotes((), ideas)
