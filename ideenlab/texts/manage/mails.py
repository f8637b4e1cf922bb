"""Organisers say the mails in the city's own words, by a fixed set of names in braces for each mail."""

import re

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.braces import fill_in
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import language, offered
from ideenlab.core.mailwords import draft_of, mail_names, words_of
from ideenlab.core.text import excerpt
from ideenlab.texts.actions import checked_mail, word_mail
from ideenlab.texts.actions import reset_mail as take_back
from ideenlab.texts.forms import MailForm, RevisionForm
from ideenlab.texts.manage.door import blueprint
from ideenlab.texts.models import CityText
from ideenlab.texts.queries import find_text, written_texts
from ideenlab.texts.rules import example_of, mail_rooms, must_hold


@blueprint.get("/mails")
@organiser
def mails() -> ResponseReturnValue:
    rooms: dict[str, list[tuple[str, str]]] = {}
    for name in mail_names():
        rooms.setdefault(name.partition("/")[0], []).append((name, _telling(draft_of(name, language()))))
    return render_template(
        "texts/manage/mails.html", rooms=rooms, titles=mail_rooms(), own=written_texts("mail"), offered=offered(),
    )  # fmt: skip


@blueprint.route("/mails/<room>/<mail>/<code>", methods=["GET", "POST"])
@organiser
def edit_mail(room: str, mail: str, code: str) -> ResponseReturnValue:
    """“Preview” fills in examples; nothing is sent and nothing kept."""
    name = _known(room, mail, code)
    text, preview = find_text("mail", name, code), ""
    subject, _line, rest = (text.text if text and text.text else draft_of(name, code)).partition("\n")
    form = MailForm(subject=subject, text=rest.strip(), revision=_revision_of(text))
    if form.validate_on_submit():
        try:
            if request.form.get("do") != "preview":
                return _kept(name, code, form)
            whole = checked_mail(name, form.subject.data or "", form.text.data or "")
            preview = fill_in(whole, {key: example_of(key) for key in words_of(name)})
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    shown = render_template(
        "texts/manage/edit_mail.html", form=form, name=name, room=room, mail=mail, code=code, text=text,
        preview=preview, names={key: example_of(key) for key in words_of(name)}, needed=must_hold(list(words_of(name))),
        ours=draft_of(name, code), title=draft_of(name, language()).partition("\n")[0], offered=offered(),
        reset=RevisionForm(formdata=None, revision=_revision_of(text), prefix="r"),
    )  # fmt: skip
    return shown, 422 if form.is_submitted() else 200


@blueprint.post("/mails/<room>/<mail>/<code>/zuruecksetzen")
@organiser
def reset_mail(room: str, mail: str, code: str) -> ResponseReturnValue:
    name, form = _known(room, mail, code), RevisionForm(prefix="r")
    if form.validate_on_submit():
        take_back(me(), name=name, language=code, revision=form.seen_revision())
        flash(_("This mail leaves in the words of Ideenlab again."), "success")
    return redirect(url_for("manage_texts.mails"), 303)


def _telling(draft: str) -> str:
    """The subject, and the first line after the greeting where the subject is nothing but a name in braces."""
    subject, _line, rest = draft.partition("\n")
    says = re.sub(r"\{[^}]*\}", "", subject).strip(" :,.–")
    first = next((line for line in rest.splitlines() if line.strip() and not line.endswith(",")), "")
    return subject if says else f"{subject} – {excerpt(first, 80)}"


def _known(room: str, mail: str, code: str) -> str:
    name = f"{room}/{mail}"
    if name not in mail_names() or code not in offered():
        raise NotFound
    return name


def _revision_of(text: CityText | None) -> str:
    return str(text.revision if text else 0)


def _kept(name: str, code: str, form: MailForm) -> ResponseReturnValue:
    word_mail(
        me(), name=name, language=code, subject=form.subject.data or "", text=form.text.data or "",
        revision=form.seen_revision(),
    )  # fmt: skip
    flash(_("The text of the mail is saved. From now on it leaves like this."), "success")
    return redirect(url_for("manage_texts.mails"), 303)
