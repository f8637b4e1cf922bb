"""Giving an idea with an address only: write it, look into the mailbox, press the button there."""

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import HOUR, public, slowed, try_once, visitor
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import limiter
from ideenlab.core.text import safe_html
from ideenlab.core.verdict import require
from ideenlab.core.web import begin_writing, slow_first
from ideenlab.ideas import actions
from ideenlab.ideas.forms import ConfirmIdeaForm, GuestIdeaForm
from ideenlab.ideas.models import Call, Idea
from ideenlab.ideas.queries import find_claim, get_call, get_idea
from ideenlab.ideas.rules import is_unconfirmed, may_give_idea_without_account, open_for_ideas, writes
from ideenlab.ideas.views.door import blueprint
from ideenlab.ideas.views.writing import PREVIEW, PUBLISH, preview_of, topic_of, wanted
from ideenlab.programme.queries import topics_of

IDEAS_PER_HOUR = {"limit": 5, "wider_limit": 10, "overall_limit": 20}  # with one address, from one place, in all


@blueprint.route("/ideen/<slug>/neu/ohne-konto", methods=["GET", "POST"])
@public
@slow_first
@limiter.limit("60 per 10 minutes", methods=["POST"])
def new_guest_idea(slug: str) -> ResponseReturnValue:
    call = get_call(slug)
    if visitor() is not None:
        return redirect(url_for("ideas.new_idea", slug=slug), 303)
    require(may_give_idea_without_account(call, now()))
    form = GuestIdeaForm.of(topics_of(call.edition), publishing=wanted() == PUBLISH)
    status = 200
    if form.validate_on_submit() and wanted() != PREVIEW:
        verdict = try_once(slowed("guest idea", form.email.data or "", **IDEAS_PER_HOUR, within=HOUR))
        if verdict and _keep(slug, form):
            session["mailed_to"] = form.email.data
            return redirect(url_for("ideas.idea_mailed", slug=slug), 303)
        status = 422 if verdict else 429
        if not verdict:
            refuse(form, "email", verdict.reason)
    elif form.errors:
        status = 422
    call = get_call(slug)
    return render_template("ideas/new_guest_idea.html", call=call, form=form, preview=preview_of(form)), status


def _keep(slug: str, form: GuestIdeaForm) -> bool:
    begin_writing()
    call: Call = get_call(slug)
    try:
        actions.give_idea_without_account(
            call=call, title=form.title.data, text=form.text.data, topic=topic_of(form, topics_of(call.edition)),
            address=form.email.data or "", agrees_to_licence=form.agrees.data,
            where=form.whereabouts(),
        )  # fmt: skip
    except Invalid as problem:
        refuse(form, problem.field, str(problem))
        return False
    return True


@blueprint.get("/ideen/<slug>/neu/gesendet")
@public
def idea_mailed(slug: str) -> ResponseReturnValue:
    """The same for every address, whoever has an account."""
    return render_template("ideas/idea_mailed.html", call=get_call(slug), address=session.get("mailed_to", ""))


@blueprint.route("/idee/bestaetigen/<secret>", methods=["GET", "POST"])
@public
def confirm_idea(secret: str) -> ResponseReturnValue:
    """Looking at the page changes nothing: programs that check mails for bad links open every one."""
    claim = find_claim(secret)
    if claim is None:
        return render_template("ideas/_claim_gone.html"), 410
    form = ConfirmIdeaForm.of(claim.address, asks_age=actions.needs_age(claim))
    if form.validate_on_submit():
        idea, by_guardian, was_published = claim.idea, claim.person_id is not None, not is_unconfirmed(claim.idea)
        given = {name: form[name].data for name in ("age_band", "guardian_email") if name in form}
        asked = actions.confirm_idea(claim, **given)
        if asked is not None:
            return redirect(url_for("ideas.guardian_mailed"), 303)
        session.pop("mailed_to", None)
        flash(_said(by_guardian=by_guardian, was_published=was_published, state=idea.state), "success")
        return redirect(_after_confirming(idea, by_guardian=by_guardian), 303)
    status = 422 if form.errors else 200
    page = render_template(
        "ideas/confirm_idea.html",
        form=form,
        claim=claim,
        is_new=is_unconfirmed(claim.idea),
        text=safe_html(claim.idea.text_html),
    )
    return page, status


def _after_confirming(idea: Idea, *, by_guardian: bool) -> str:
    """The author reads how to go on; their page needs a sign-in, as the mail may be read by others."""
    person = visitor()
    if not by_guardian and not (person is not None and writes(person, idea)):
        session["confirmed_idea"] = idea.id
        return url_for("ideas.idea_confirmed")
    shown = idea.state == "published" or not by_guardian
    return url_for("ideas.idea", idea_id=idea.id) if shown else url_for("ideas.ideas", slug=idea.call.slug)


@blueprint.get("/idee/bestaetigt")
@public
def idea_confirmed() -> ResponseReturnValue:
    """What the author can do from now on: change the idea, add pictures, read answers."""
    number = session.get("confirmed_idea")
    if not isinstance(number, int):
        return redirect(url_for("ideas.calls"))
    idea = get_idea(number)
    return render_template("ideas/idea_confirmed.html", idea=idea, may_add=open_for_ideas(idea.call, now()))


def _said(*, by_guardian: bool, was_published: bool, state: str) -> str:
    if state == "waiting":
        return _("Thank you! The idea is confirmed. The moderation reads it before it is published.")
    if by_guardian:
        return _("Thank you! You have agreed, and the idea is published.")
    return _("The idea is yours now.") if was_published else _("Your idea is published. Thank you!")


@blueprint.get("/idee/bestaetigen/eltern")
@public
def guardian_mailed() -> ResponseReturnValue:
    return render_template("ideas/guardian_mailed.html")
