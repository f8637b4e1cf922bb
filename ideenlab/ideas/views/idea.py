"""One idea: what it says, who said what about it, how it read before."""

import difflib
from itertools import islice, pairwise

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public, visitor
from ideenlab.accounts.models import Person
from ideenlab.comments.models import Comment
from ideenlab.comments.queries import as_tree, comments_of
from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.core.text import safe_html
from ideenlab.ideas.forms import CommentForm
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import get_idea, own_vote, points_left, versions_of
from ideenlab.ideas.rules import (
    may_edit_idea,
    may_hide_idea,
    may_read_text,
    may_restore_idea,
    may_see_idea,
    may_withdraw_idea,
    open_for_comments,
    open_for_support,
)
from ideenlab.ideas.views.door import blueprint


def seen_idea(idea_id: int) -> Idea:
    """The idea, or 404 for those who must not know of it."""
    idea = get_idea(idea_id)
    if not may_see_idea(visitor(), idea):
        raise NotFound
    return idea


@blueprint.get("/idee/<int:idea_id>")
@public
@same_for_visitors
def idea(idea_id: int) -> ResponseReturnValue:
    return render_idea(seen_idea(idea_id))


def render_idea(idea: Idea, form: CommentForm | None = None) -> str:
    """The page of an idea, with a comment form that may hold a refused comment."""
    comments = comments_of(idea.thread_id) if idea.state != "draft" else []
    answered = _answered(comments, form)
    if form is None:
        form = CommentForm(formdata=None, parent=str(answered.id) if answered else "")
    at, person = now(), visitor()
    return render_template(
        "ideas/idea.html",
        idea=idea, may_read=may_read_text(person, idea), threads=as_tree(comments), answered=answered, form=form,
        comment_count=sum(comment.state == "visible" for comment in comments), vote=own_vote(person, idea),
        points_left=points_left(person, idea.call) if idea.call.support_mode == "points" else 0,
        open_for_comments=open_for_comments(idea.call, at), open_for_support=open_for_support(idea.call, at),
        own=person is not None and idea.author_id == person.id, tools=_tools(person, idea), safe_html=safe_html,
    )  # fmt: skip


def _answered(comments: list[Comment], form: CommentForm | None) -> Comment | None:
    """The comment that is being answered, when it can be."""
    wanted = (form.parent.data or "") if form else request.args.get("antwort", "")
    visible = (comment for comment in comments if comment.state == "visible")
    return next((comment for comment in visible if str(comment.id) == wanted), None)


def _tools(person: Person | None, idea: Idea) -> set[str]:
    """What this person can do with this idea beside commenting and supporting."""
    if person is None:
        return set()
    verdicts = {
        "edit": may_edit_idea(person, idea, now()),
        "withdraw": may_withdraw_idea(person, idea),
        "hide": may_hide_idea(person, idea),
        "restore": may_restore_idea(person, idea),
    }
    return {name for name, verdict in verdicts.items() if verdict}


@blueprint.get("/idee/<int:idea_id>/verlauf")
@public
def versions(idea_id: int) -> ResponseReturnValue:
    idea = seen_idea(idea_id)
    if not may_read_text(visitor(), idea):
        raise NotFound
    older = versions_of(idea)
    texts = [(idea.title, idea.topic, idea.text), *((old.title, old.topic, old.text) for old in older)]
    changes = [_change(new, old) for new, old in pairwise(texts)]
    return render_template("ideas/versions.html", idea=idea, older=older, changes=changes)


def _change(new: tuple[object, ...], old: tuple[object, ...]) -> dict[str, object]:
    """What became different from one version to the next: title, topic, and the lines of the text."""
    lines = difflib.unified_diff(str(old[2]).splitlines(), str(new[2]).splitlines(), n=0, lineterm="")
    kinds = {"+": "added", "-": "removed"}
    changed = [line for line in islice(lines, 2, None) if line[:1] in kinds and line[1:].strip()]
    return {
        "title": (old[0], new[0]) if old[0] != new[0] else None,
        "topic": (old[1], new[1]) if old[1] != new[1] else None,
        "lines": [(kinds[line[0]], line[1:]) for line in changed],
    }
