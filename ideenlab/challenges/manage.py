import os
from contextlib import suppress
from typing import BinaryIO

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from ideenlab.accounts.access import me, organiser
from ideenlab.challenges import actions, queries
from ideenlab.challenges.forms import FIELDS, ChallengeForm, MaterialForm
from ideenlab.challenges.models import Challenge
from ideenlab.challenges.rules import may_grow_from, may_manage_challenges, may_publish_challenge, may_remove_challenge
from ideenlab.core.errors import Conflict, Invalid, NotFound, error_page
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.storage import NoRoom, storage
from ideenlab.core.verdict import Verdict
from ideenlab.core.web import accepts_body, begin_reading, begin_writing, slow_first
from ideenlab.files.actions import Content, store_content
from ideenlab.files.rules import DATA_KINDS, kinds_in_words
from ideenlab.hackathons.queries import all_hackathons, get_any_hackathon
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import get_idea
from ideenlab.partners.queries import all_partners

blueprint = Blueprint("manage_challenges", __name__, url_prefix="/organisation")
ONE = "/hackathons/<slug>/aufgaben/<int:challenge_id>"


@blueprint.get("/hackathons/<slug>/aufgaben")
@organiser
def challenges(slug: str) -> ResponseReturnValue:
    found = get_any_hackathon(slug)
    return render_template(
        "challenges/manage/challenges.html", hackathon=found, challenges=queries.all_challenges_of(found),
        verdict=may_manage_challenges(me(), found),
    )  # fmt: skip


@blueprint.get("/idee/<int:idea_id>/aufgabe")
@organiser
def grow(idea_id: int) -> ResponseReturnValue:
    """For which hackathon should this idea become a challenge?"""
    idea = get_idea(idea_id)
    open_ones = [hackathon for hackathon in all_hackathons() if may_manage_challenges(me(), hackathon)]
    return render_template("challenges/manage/grow.html", idea=idea, hackathons=open_ones, verdict=may_grow_from(idea))


@blueprint.route("/hackathons/<slug>/aufgaben/neu", methods=["GET", "POST"])
@organiser
def new_challenge(slug: str) -> ResponseReturnValue:
    """Empty, or begun with an idea: `?idee=7`."""
    found, form = get_any_hackathon(slug), ChallengeForm()
    form.offer(all_partners())
    idea = _idea(form.idea.data if request.method == "POST" else request.args.get("idee", ""))
    if form.validate_on_submit():
        made = actions.add_challenge(me(), hackathon=found, brief=form.brief(), idea=idea)
        flash(_("The challenge is saved. Nobody else sees it before you publish it."), "success")
        return redirect(_address(made), 303)
    if idea is not None and request.method == "GET":
        form.idea.data, form.title.data = str(idea.id), idea.title[:120]
        form.summary.data, form.description.data = idea.excerpt, idea.text
    page = render_template("challenges/manage/new_challenge.html", hackathon=found, form=form, idea=idea)
    return page, 422 if form.errors else 200


@blueprint.route(ONE, methods=["GET", "POST"])
@organiser
def challenge(slug: str, challenge_id: int) -> ResponseReturnValue:
    found = _get(slug, challenge_id)
    form = ChallengeForm(obj=found, giver=found.given_by.slug if found.given_by else "")
    form.offer(all_partners())
    if form.validate_on_submit():
        try:
            actions.edit_challenge(me(), challenge=found, brief=form.brief(), revision=form.seen_revision())
        except Conflict as error:
            raise _with_both(error, form, slug, challenge_id) from None
        flash(_("The changes are saved."), "success")
        return redirect(_address(found), 303)
    if request.method == "GET":
        form.revision.data = found.revision
    page = render_template(
        "challenges/manage/challenge.html", hackathon=found.hackathon, challenge=found, form=form,
        may_publish=may_publish_challenge(me(), found), may_remove=may_remove_challenge(me(), found),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.post(f"{ONE}/veroeffentlichen")
@organiser
def publish(slug: str, challenge_id: int) -> ResponseReturnValue:
    found = _get(slug, challenge_id)
    actions.publish_challenge(me(), challenge=found)
    flash(_("Everybody sees the challenge now."), "success")
    if found.idea:
        flash(_("Everybody who took part in its idea is told."), "info")
    return redirect(_address(found), 303)


@blueprint.post(f"{ONE}/zurueckziehen")
@organiser
def withdraw(slug: str, challenge_id: int) -> ResponseReturnValue:
    found = _get(slug, challenge_id)
    actions.withdraw_challenge(me(), challenge=found)
    flash(_("Teams can no longer choose this challenge."), "success")
    return redirect(_address(found), 303)


@blueprint.post(f"{ONE}/entfernen")
@organiser
def remove(slug: str, challenge_id: int) -> ResponseReturnValue:
    actions.remove_challenge(me(), challenge=_get(slug, challenge_id))
    flash(_("The challenge is removed."), "success")
    return redirect(url_for("manage_challenges.challenges", slug=slug), 303)


@blueprint.post(f"{ONE}/verschieben")
@organiser
def move(slug: str, challenge_id: int) -> ResponseReturnValue:
    actions.move_challenge(me(), challenge=_get(slug, challenge_id), up=request.form.get("way") == "up")
    return redirect(url_for("manage_challenges.challenges", slug=slug), 303)


def _may_send(slug: str, challenge_id: int) -> Verdict:
    return may_manage_challenges(me(), _get(slug, challenge_id).hackathon)


@blueprint.route(f"{ONE}/material", methods=["GET", "POST"])
@organiser
@slow_first
@accepts_body(201, ask_first=_may_send)
def material(slug: str, challenge_id: int) -> ResponseReturnValue:
    """Files that teams need: stored first, then their rows in one short transaction, all or none."""
    found, form = _get(slug, challenge_id), MaterialForm()
    if request.method == "POST":
        if form.validate():
            given = [file for file in form.files.data or [] if isinstance(file, FileStorage) and file.filename]
            try:
                return _added(slug, challenge_id, given)
            except Invalid as error:
                refuse(form, "files", str(error))
            except NoRoom:
                return error_page(503)
        begin_reading()
        found = _get(slug, challenge_id)
    page = render_template(
        "challenges/manage/material.html", hackathon=found.hackathon, challenge=found, form=form,
        files=queries.files_of(found), kinds=kinds_in_words(DATA_KINDS),
    )  # fmt: skip
    return page, 422 if form.errors or form.form_errors else 200


@blueprint.post(f"{ONE}/material/<int:file_id>/entfernen")
@organiser
def remove_material(slug: str, challenge_id: int, file_id: int) -> ResponseReturnValue:
    attached = queries.get_file(_get(slug, challenge_id), file_id)
    name = attached.file.name
    actions.remove_material(me(), attached=attached)
    flash(_("“%(name)s” is removed.", name=name), "success")
    return redirect(url_for("manage_challenges.material", slug=slug, challenge_id=challenge_id), 303)


def _added(slug: str, challenge_id: int, given: list[FileStorage]) -> ResponseReturnValue:
    begin_reading()
    contents: list[Content] = []
    try:
        for file in given:
            size = file.stream.seek(0, os.SEEK_END)
            file.stream.seek(0)
            source: BinaryIO = file.stream  # type: ignore[assignment]
            contents.append(store_content(source, name=file.filename or "", size=size, kinds=DATA_KINDS))
        if not contents:
            raise Invalid(_("Please choose a file first."), field="files")
        begin_writing()
        found = _get(slug, challenge_id)
        for content in contents:
            actions.add_material(me(), challenge=found, content=content)
    except BaseException:
        for content in contents:
            with suppress(OSError):
                storage().delete(content.key)
        raise
    flash(_("The material is added."), "success")
    return redirect(url_for("manage_challenges.material", slug=slug, challenge_id=challenge_id), 303)


def _get(slug: str, challenge_id: int) -> Challenge:
    return queries.get_challenge_of(get_any_hackathon(slug), challenge_id)


def _address(challenge: Challenge) -> str:
    return url_for("manage_challenges.challenge", slug=challenge.hackathon.slug, challenge_id=challenge.id)


def _idea(typed: str | None) -> Idea | None:
    """The published idea it grows from; a number that is none is no idea."""
    text = str(typed or "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    try:
        idea = get_idea(int(text))
    except NotFound:
        return None
    return idea if idea.state == "published" else None


def _with_both(error: Conflict, form: ChallengeForm, slug: str, challenge_id: int) -> Conflict:
    """The refusal with what was typed and what is stored, as far as they differ."""
    begin_reading()
    stored = _get(slug, challenge_id)
    pairs = [(str(form[name].label.text), form[name].data or "", getattr(stored, name)) for name in FIELDS]
    differing = [pair for pair in pairs if pair[1] != pair[2]]
    return Conflict(
        str(error), mine=[(label, mine or "–") for label, mine, _theirs in differing],
        stored=[(label, theirs or "–") for label, _mine, theirs in differing],
    )  # fmt: skip
