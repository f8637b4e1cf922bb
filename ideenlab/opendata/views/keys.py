"""Keys with which programs act for somebody."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.accounts.models import ApiToken
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.opendata import actions
from ideenlab.opendata.forms import KeyForm, OnlyButton
from ideenlab.opendata.queries import count_living, get_key, keys_of
from ideenlab.opendata.rules import SCOPES, is_living, may_make_key, may_revoke_key
from ideenlab.opendata.views.door import blueprint


@blueprint.route("/konto/schluessel", methods=["GET", "POST"])
@signed_in
def keys() -> ResponseReturnValue:
    """A new key stands on the answer to the form alone: no address, no cookie and no log holds it."""
    form, secret = KeyForm(), ""
    if form.validate_on_submit():
        try:
            _key, secret = actions.make_key(
                me(), name=form.name.data, scopes=form.scopes.data, days=form.days.data or 0
            )  # fmt: skip
            form = KeyForm(formdata=None)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    at = now()
    page = render_template(
        "opendata/keys.html", form=form, secret=secret, keys=keys_of(me()), labels=_labels, at=at, is_living=is_living,
        may_make=may_make_key(me(), at, living=count_living(me(), at)),
    )  # fmt: skip
    return page, 422 if form.errors else 201 if secret else 200


def _labels(key: ApiToken) -> str:
    return ", ".join(str(SCOPES[scope][1]) for scope in key.scopes.split() if scope in SCOPES)


@blueprint.route("/konto/schluessel/<int:key_id>/beenden", methods=["GET", "POST"])
@signed_in
def end_key(key_id: int) -> ResponseReturnValue:
    key = get_key(me(), key_id)
    require(may_revoke_key(me(), key))
    form = OnlyButton()
    if request.method == "POST" and form.validate_on_submit():
        actions.revoke_key(me(), key=key)
        flash(_("The key “%(name)s” is ended. Programs that use it are refused from now on.", name=key.name), "success")
        return redirect(url_for("opendata.keys"), 303)
    return render_template("opendata/end_key.html", key=key, form=form)
