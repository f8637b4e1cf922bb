from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts import actions
from ideenlab.accounts.access import administrator, me, organiser
from ideenlab.accounts.forms import ResetForm, SearchForm
from ideenlab.accounts.models import ROLES, Person
from ideenlab.accounts.queries import find_people, get_person, sign_ins_of
from ideenlab.accounts.rules import (
    may_close_account,
    may_give_role,
    may_reopen_account,
    may_reset_second_factor,
    may_see_people,
    may_take_role,
)
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.core.web import accepted

blueprint = Blueprint("manage_accounts", __name__, url_prefix="/organisation")


def role_names() -> dict[str, str]:
    return {
        "juror": _("Juror"), "moderator": _("Moderator"), "organiser": _("Organiser"),
        "administrator": _("Administrator"),
    }  # fmt: skip


@blueprint.app_template_filter("role_name")
def role_name(name: str) -> str:
    return role_names().get(name, name)


@blueprint.get("/personen")
@organiser
def people() -> ResponseReturnValue:
    require(may_see_people(me()))
    form = SearchForm(request.args)
    words = form.q.data if form.validate() else ""
    return render_template("accounts/manage/people.html", form=form, words=words, people=find_people(words or ""))


@blueprint.get("/personen/<int:number>")
@organiser
def person(number: int) -> ResponseReturnValue:
    require(may_see_people(me()))
    somebody = get_person(number)
    roles = [(name, label, somebody.has_role(name), *_verdict(somebody, name)) for name, label in role_names().items()]
    return render_template(
        "accounts/manage/person.html", somebody=somebody, roles=roles, sign_ins=sign_ins_of(somebody),
        may_close=may_close_account(me(), person=somebody), may_reopen=may_reopen_account(me(), person=somebody),
        may_reset=may_reset_second_factor(me(), somebody), is_administrator=me().has_role("administrator"),
    )  # fmt: skip


def _verdict(somebody: Person, name: str) -> tuple[bool, str]:
    ask = may_take_role if somebody.has_role(name) else may_give_role
    verdict = ask(me(), person=somebody, name=name)
    return bool(verdict), verdict.reason


@blueprint.post("/personen/<int:number>/rolle-geben")
@organiser
def give_role(number: int) -> ResponseReturnValue:
    actions.give_role(me(), person=get_person(number), name=_role())
    return _back(number, _("The role is given. The person is told by mail."))


@blueprint.post("/personen/<int:number>/rolle-nehmen")
@organiser
def take_role(number: int) -> ResponseReturnValue:
    actions.take_role(me(), person=get_person(number), name=_role())
    return _back(number, _("The role is taken. The person is signed out everywhere."))


@blueprint.post("/personen/<int:number>/abmelden")
@administrator
def end_sign_ins(number: int) -> ResponseReturnValue:
    actions.end_sign_ins(get_person(number))
    return _back(number, _("The person is signed out everywhere."))


@blueprint.route("/personen/<int:number>/zweiter-schritt", methods=["GET", "POST"])
@administrator
def reset_second_factor(number: int) -> ResponseReturnValue:
    somebody, form = get_person(number), ResetForm()
    require(may_reset_second_factor(me(), somebody))
    if accepted(form, lambda: actions.reset_second_factor(me(), person=somebody, reason=form.reason.data or "")):
        return _back(number, _("The second step is reset. The person is signed out everywhere and told by mail."))
    page = render_template("accounts/manage/reset_second_factor.html", somebody=somebody, form=form)
    return page, 422 if form.errors else 200


@blueprint.post("/personen/<int:number>/schliessen")
@administrator
def close_account(number: int) -> ResponseReturnValue:
    actions.close_account(me(), person=get_person(number))
    return _back(number, _("The account is closed. The person is signed out everywhere."))


@blueprint.post("/personen/<int:number>/oeffnen")
@administrator
def reopen_account(number: int) -> ResponseReturnValue:
    actions.reopen_account(me(), person=get_person(number))
    return _back(number, _("The account is open again."))


def _role() -> str:
    name = request.form.get("role", "")
    if name not in ROLES:
        abort(400)
    return name


def _back(number: int, text: str) -> ResponseReturnValue:
    flash(text, "success")
    if number == me().id and not me().roles:
        return redirect(url_for("pages.start"), 303)
    return redirect(url_for("manage_accounts.person", number=number), 303)
