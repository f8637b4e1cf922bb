"""The discussion below an idea: a page of it, a branch of its own, and the place of one comment in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public, visitor
from ideenlab.comments.models import Comment
from ideenlab.comments.queries import (
    REPLIES,
    REPLIES_ALONE,
    Branch,
    Said,
    best_comments,
    best_of,
    branches_of,
    find_comment,
    get_comment,
    own_comment_votes,
    replies_of,
    versions_of_comment,
)
from ideenlab.comments.rules import is_unlocked, may_see_comment
from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.core.paging import LONGEST_CURSOR, Page
from ideenlab.core.text import safe_html
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import find_idea_of_thread
from ideenlab.ideas.rules import may_see_idea, open_for_comments
from ideenlab.ideas.views.door import blueprint

ORDERS = {"aelteste": "oldest", "neueste": "newest", "beste": "best"}
NOTHING = Page[Branch]([])


@dataclass(frozen=True)
class Discussion:
    """One page of it, as the address says."""

    page: Page[Branch]
    order: str
    orders: list[str]
    best: dict[str, list[Said]]  # for and against; on the first page
    votes: dict[int, int]  # of the person who looks
    is_first: bool


def discussion_of(idea: Idea) -> Discussion:
    if idea.state == "draft":
        return Discussion(NOTHING, "aelteste", [], {}, {}, is_first=True)
    rated, person = idea.call.takes_comment_votes, visitor()
    orders = [name for name in ORDERS if name != "beste" or rated]
    order = request.args.get("kommentare", "")
    order = order if order in orders else orders[0]
    cursor, around = request.args.get("ab", "")[: LONGEST_CURSOR + 1], _root(idea)
    page = branches_of(idea.thread_id, reader=person, order=ORDERS[order], cursor=cursor, around=around)
    is_first = not cursor and around is None
    best = _best(idea, page) if rated and is_first else {}
    shown = [branch.comment.id for branch in _all(page.rows)] if rated else []
    return Discussion(page, order, orders, best, own_comment_votes(person, shown), is_first=is_first)


def _best(idea: Idea, page: Page[Branch]) -> dict[str, list[Said]]:
    """Read off the page when the whole discussion is on it, which spares asking for it."""
    if page.next or any(branch.goes_on for branch in page.rows):
        return best_comments(idea.thread_id)
    return best_of(branch.comment for branch in _all(page.rows))


def _root(idea: Idea) -> Comment | None:
    """The branch that the address wants to see, when it is one of this idea."""
    wanted = request.args.get("kommentar", "", type=str)
    root = find_comment(int(wanted)) if wanted.isascii() and wanted.isdigit() and len(wanted) < 11 else None
    return root if root and root.thread_id == idea.thread_id and root.root_id is None else None


def _all(branches: Iterable[Branch]) -> Iterable[Branch]:
    for branch in branches:
        yield branch
        yield from _all(branch.replies)


def seen_comment(comment_id: int) -> tuple[Comment, Idea]:
    """The comment with its idea, or 404 for those who must not know of it."""
    comment = get_comment(comment_id)
    idea = find_idea_of_thread(comment.thread_id)
    if idea is None or not may_see_idea(visitor(), idea):
        raise NotFound
    if comment.state == "waiting" and not may_see_comment(visitor(), comment):
        raise NotFound
    return comment, idea


def place_of(comment: Comment, idea: Idea) -> str:
    """The address of the page on which a comment stands, and where on it."""
    anchor = f"comment-{comment.id}"
    if comment.place <= REPLIES:
        return url_for("ideas.idea", idea_id=idea.id, kommentar=comment.root_id or comment.id, _anchor=anchor)
    after = (comment.place - 1) // REPLIES_ALONE * REPLIES_ALONE
    return url_for("ideas.replies", comment_id=comment.root_id, ab=after or None, _anchor=anchor)


@blueprint.get("/kommentar/<int:comment_id>")
@public
def comment_place(comment_id: int) -> ResponseReturnValue:
    return redirect(place_of(*seen_comment(comment_id)))


@blueprint.get("/kommentar/<int:comment_id>/antworten")
@public
def replies(comment_id: int) -> ResponseReturnValue:
    root, idea = seen_comment(comment_id)
    if root.root_id is not None:
        return redirect(url_for("ideas.replies", comment_id=root.root_id))
    typed = request.args.get("ab", "")
    after = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
    page = replies_of(root, reader=visitor(), after=after)
    shown = [branch.comment.id for branch in _all(page.rows)] if idea.call.takes_comment_votes else []
    votes = own_comment_votes(visitor(), shown)
    return render_template(
        "ideas/replies.html", root=root, idea=idea, safe_html=safe_html, after=after,
        discussion=Discussion(page, "", [], {}, votes, is_first=not after),
        open_for_comments=is_unlocked(idea.thread) and open_for_comments(idea.call, now()),
    )  # fmt: skip


@blueprint.get("/kommentar/<int:comment_id>/verlauf")
@public
def comment_versions(comment_id: int) -> ResponseReturnValue:
    comment, idea = seen_comment(comment_id)
    if not may_see_comment(visitor(), comment):
        raise NotFound
    return render_template(
        "ideas/comment_versions.html", comment=comment, idea=idea, older=versions_of_comment(comment)
    )  # fmt: skip
