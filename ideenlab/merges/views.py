from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, moderator, signed_in, visitor
from ideenlab.accounts.models import STAFF
from ideenlab.comments.queries import Branch, branches_of
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.paging import Page
from ideenlab.core.verdict import require
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import calls, get_idea
from ideenlab.ideas.rules import writes
from ideenlab.merges import actions, queries
from ideenlab.merges.forms import AddForm, ProposalForm, SeparateForm, read_number
from ideenlab.merges.models import Merge
from ideenlab.merges.rules import (
    DAYS_TO_ANSWER,
    DAYS_TO_SEPARATE,
    MOST_IDEAS,
    may_answer_merge,
    may_cancel_merge,
    may_propose_merge,
    may_see_merge,
    may_separate_merge,
)

blueprint = Blueprint("merges", __name__)
SHOWN = 50


@blueprint.app_context_processor
def for_pages_of_ideas() -> dict[str, Any]:
    return {"merging_of": merging_of, "part_threads": part_threads}


def merging_of(idea: Idea) -> dict[str, Any]:
    """What the page of an idea says about joining. Ideas that have nothing to do with it cost no query."""
    person = visitor()
    staff = person is not None and person.has_role(*STAFF)
    concerned = staff or (person is not None and writes(person, idea))
    standing = queries.standing_merges_of(idea) if concerned else []
    return {
        "parts": queries.merged_parts_of(idea),
        "target": get_idea(idea.merged_into_id) if idea.merged_into_id else None,
        "waiting": queries.find_open_merge(idea) if concerned and idea.state == "published" else None,
        "standing": [merge for merge in [queries.find_merge_of_part(idea), *standing] if merge] if concerned else [],
        "may_propose": bool(person and may_propose_merge(person, idea, now())),
    }


def part_threads(parts: list[Idea]) -> list[tuple[Idea, Page[Branch]]]:
    """The discussions of joined ideas: the first page of each."""
    return [(part, branches_of(part.thread_id, reader=visitor())) for part in parts if part.comment_count]


@blueprint.route("/idee/<int:idea_id>/zusammenfuehren", methods=["GET", "POST"])
@moderator
def proposal(idea_id: int) -> ResponseReturnValue:
    """Choose the ideas (all of them stand in the address), then say which stays and why."""
    ideas, problem = _chosen(get_idea(idea_id))
    for idea in ideas:
        require(may_propose_merge(me(), idea, now()))
    add, form = AddForm(formdata=None), ProposalForm()
    form.choose(ideas)
    if problem:
        refuse(add, "more", problem)
    if form.validate_on_submit() and (merge := _proposed(form, ideas)):
        joined = merge.state == "merged"
        flash(_("The ideas are joined.") if joined else _("The authors are asked now."), "success")
        return redirect(url_for("merges.merge", merge_id=merge.id), 303)
    page = render_template(
        "merges/proposal.html", ideas=ideas, form=form, add=add, days=DAYS_TO_ANSWER,
        here=url_for("merges.proposal", idea_id=idea_id, mit=[idea.id for idea in ideas[1:]]),
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _chosen(first: Idea) -> tuple[list[Idea], str]:
    """The ideas that the address names, and what is wrong with the one that was to be added."""
    found, problem = {first.id: first}, ""
    wanted = [*request.args.getlist("mit"), *(request.args.getlist("more") or [])][:MOST_IDEAS]
    for typed in filter(None, (text.strip() for text in wanted)):
        number = read_number(typed)
        try:
            idea = get_idea(number or 0)
            verdict = may_propose_merge(me(), idea, now())
        except NotFound:
            problem = _("There is no idea with this number.")
            continue
        if idea.call_id != first.call_id:
            problem = _("Only ideas of one call can be joined.")
        elif not verdict:
            problem = verdict.reason
        else:
            found[idea.id] = idea
    return list(found.values()), problem


def _proposed(form: ProposalForm, ideas: list[Idea]) -> Merge | None:
    target = next(idea for idea in ideas if str(idea.id) == form.target.data)
    parts = [idea for idea in ideas if idea is not target]
    try:
        return actions.propose_merge(me(), target=target, parts=parts, reason=form.reason.data)
    except Invalid as problem:
        refuse(form, problem.field or "target", str(problem))
        return None


@blueprint.get("/zusammenfuehrungen")
@moderator
def merges() -> ResponseReturnValue:
    return render_template("merges/merges.html", merges=queries.latest_merges(SHOWN), calls=calls())


@blueprint.get("/zusammenfuehrung/<int:merge_id>")
@signed_in
def merge(merge_id: int) -> ResponseReturnValue:
    found, authors = _seen(merge_id)
    at = now()
    rows = queries.ideas_of_merge(found)
    may_answer = {row.idea_id for row in rows if may_answer_merge(me(), found, row.idea, at)}
    return render_template(
        "merges/merge.html", merge=found, rows=rows, may_answer=may_answer, days=DAYS_TO_SEPARATE,
        may_cancel=may_cancel_merge(me(), found), may_separate=may_separate_merge(me(), found, authors, at),
    )  # fmt: skip


def _seen(merge_id: int) -> tuple[Merge, list[int]]:
    """The proposal and its authors' numbers, or 404 for those it does not concern."""
    found = queries.get_merge(merge_id)
    if not may_see_merge(me(), found, [person.id for person in queries.concerned_people(found)]):
        raise NotFound
    return found, [person.id for person in queries.authors_of(found)]


@blueprint.post("/zusammenfuehrung/<int:merge_id>/idee/<int:idea_id>/antwort")
@signed_in
def answer(merge_id: int, idea_id: int) -> ResponseReturnValue:
    found, _authors = _seen(merge_id)
    idea = next((row.idea for row in queries.ideas_of_merge(found) if row.idea_id == idea_id), None)
    wanted = request.form.get("answer", "")
    if idea is None:
        raise NotFound
    if wanted not in ("agree", "decline"):
        raise Invalid(_("Please choose: agree or decline."))
    actions.answer_merge(me(), merge=found, idea=idea, agrees=wanted == "agree")
    said = {
        "merged": _("The ideas are joined."), "declined": _("You declined. Everything stays as it is."),
    }.get(found.state, _("Thank you. Your answer is stored."))  # fmt: skip
    flash(said, "success")
    return redirect(url_for("merges.merge", merge_id=found.id), 303)


@blueprint.post("/zusammenfuehrung/<int:merge_id>/zuruecknehmen")
@moderator
def cancel(merge_id: int) -> ResponseReturnValue:
    found, _authors = _seen(merge_id)
    actions.cancel_merge(me(), merge=found)
    flash(_("The proposal is taken back."), "success")
    return redirect(url_for("merges.merge", merge_id=found.id), 303)


@blueprint.route("/zusammenfuehrung/<int:merge_id>/trennen", methods=["GET", "POST"])
@signed_in
def separation(merge_id: int) -> ResponseReturnValue:
    found, authors = _seen(merge_id)
    require(may_separate_merge(me(), found, authors, now()))
    form = SeparateForm()
    if form.validate_on_submit():
        try:
            actions.separate_merge(me(), merge=found, reason=form.reason.data)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
        else:
            flash(_("The ideas are separated. Everything is as it was before."), "success")
            return redirect(url_for("merges.merge", merge_id=found.id), 303)
    parts = queries.parts_of_merge(found)
    return render_template("merges/separation.html", merge=found, parts=parts, form=form), 422 if form.errors else 200
