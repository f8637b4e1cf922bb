"""One idea: what it says, and who said what about it."""

import re

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public, visitor
from ideenlab.accounts.models import STAFF, Person
from ideenlab.city.queries import city_map
from ideenlab.comments.models import Comment
from ideenlab.comments.queries import find_comment
from ideenlab.comments.rules import is_unlocked, may_answer
from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.core.text import safe_html
from ideenlab.ideas.actions.ideas import LICENCE
from ideenlab.ideas.forms import CommentForm
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import co_authors_of, counted_vote, get_idea, images_of, points_left, tags_of
from ideenlab.ideas.rules import (
    draft_kept_until,
    may_edit_idea,
    may_hide_idea,
    may_invite,
    may_leave_idea,
    may_read_text,
    may_restore_idea,
    may_see_idea,
    may_tag,
    may_withdraw_idea,
    open_for_comments,
    open_for_support,
)
from ideenlab.ideas.views.discussion import discussion_of
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
    answered = _answered(idea, form)
    at, person = now(), visitor()
    if form is None and person is not None:  # a form has a token, a token needs a cookie, and a visitor gets none
        form = CommentForm(formdata=None, parent=str(answered.id) if answered else "")
    return render_template(
        "ideas/idea.html",
        idea=idea, may_read=may_read_text(person, idea), discussion=discussion_of(idea), answered=answered, form=form,
        vote=counted_vote(person, idea),
        points_left=points_left(person, idea.call) if idea.call.support_mode == "points" else 0,
        open_for_comments=is_unlocked(idea.thread) and open_for_comments(idea.call, at),
        open_for_support=open_for_support(idea.call, at),
        own=person is not None and idea.author_id == person.id, tools=_tools(person, idea), safe_html=safe_html,
        **_around(person, idea),
    )  # fmt: skip


def _around(person: Person | None, idea: Idea) -> dict[str, object]:
    """What stands around the text: pictures, place, tags, who writes along. Nothing is asked for that is not there."""
    may_read = bool(may_read_text(person, idea))
    people = co_authors_of(idea)
    mine = next((each.state for each in people if person is not None and each.person_id == person.id), None)
    return {
        "images": images_of(idea) if may_read else [],
        "map": city_map() if may_read and idea.latitude is not None else None,
        "tags": tags_of(idea),
        "writers": [each.person.pseudonym for each in people if each.state == "accepted"],
        "asked": mine,
        "licence": LICENCE if idea.state == "published" and idea.origin != "import" else "",
        "kept_until": draft_kept_until(idea) if idea.state == "draft" else None,
    }


def _answered(idea: Idea, form: CommentForm | None) -> Comment | None:
    """The comment that is being answered, when it can be."""
    wanted = (form.parent.data or "") if form else request.args.get("antwort", "")
    found = find_comment(int(wanted)) if re.fullmatch("[0-9]{1,10}", wanted) else None
    return found if found and may_answer(found, thread_id=idea.thread_id) else None


def _tools(person: Person | None, idea: Idea) -> set[str]:
    """What this person can do with this idea beside commenting and supporting."""
    if person is None:
        return set()
    verdicts = {
        "edit": may_edit_idea(person, idea, now()),
        "withdraw": may_withdraw_idea(person, idea),
        "moderate": person.has_role(*STAFF) and idea.state != "draft",
        "hide": may_hide_idea(person, idea),
        "tag": may_tag(person, idea),
        "invite": may_invite(person, idea, now()),
        "leave": may_leave_idea(person, idea),
        "restore": may_restore_idea(person, idea),
    }
    return {name for name, verdict in verdicts.items() if verdict}
