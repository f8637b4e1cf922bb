"""Administrators write the city's own pages: with a look beforehand, every earlier state, and the way back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import administrator, me
from ideenlab.city.queries import words_to_replace
from ideenlab.core.diff import changes, shortened
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import offered
from ideenlab.texts.actions import checked_page, write_page
from ideenlab.texts.forms import PageForm
from ideenlab.texts.manage.door import blueprint
from ideenlab.texts.queries import find_text, get_version, versions_of, written_texts
from ideenlab.texts.rules import ADDED, PAGES, page_html, page_title, page_titles, placeholder_names, with_values


@blueprint.get("/seiten")
@administrator
def city_pages() -> ResponseReturnValue:
    return render_template(
        "texts/manage/city_pages.html", titles=page_titles(), own=written_texts("page"), offered=offered(),
        added=ADDED,
    )  # fmt: skip


@blueprint.route("/seiten/<page>/<code>", methods=["GET", "POST"])
@administrator
def edit_page(page: str, code: str) -> ResponseReturnValue:
    """“Preview” shows the page as it would stand there, and the words that the city says otherwise."""
    text = _known(page, code) and find_text("page", page, code)
    form = PageForm(text=text.text if text else "", revision=str(text.revision if text else 0))
    preview, hits = None, list[tuple[str, str]]()
    if form.validate_on_submit():
        try:
            if request.form.get("do") != "preview":
                return _kept(page, code, form)
            preview = with_values(page_html(checked_page(form.text.data or "")))
            hits = words_to_replace(form.text.data or "")
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    shown = render_template(
        "texts/manage/edit_page.html", form=form, page=page, code=code, title=page_title(page), text=text,
        preview=preview, hits=hits, names=placeholder_names(), offered=offered(),
        versions=versions_of(text) if text else [],
    )  # fmt: skip
    return shown, 422 if form.is_submitted() else 200


@blueprint.get("/seiten/<page>/<code>/<int:number>")
@administrator
def page_version(page: str, code: str, number: int) -> ResponseReturnValue:
    """An earlier state, and what became different since."""
    text = _known(page, code) and find_text("page", page, code)
    version = get_version(text or None, number)
    return render_template(
        "texts/manage/page_version.html", page=page, code=code, title=page_title(page), text=text, version=version,
        changes=shortened(changes(version.text, text.text if text else "")), form=PageForm(formdata=None),
    )  # fmt: skip


def _known(page: str, code: str) -> bool:
    if page not in PAGES or code not in offered():
        raise NotFound
    return True


def _kept(page: str, code: str, form: PageForm) -> ResponseReturnValue:
    write_page(me(), name=page, language=code, text=form.text.data or "", revision=form.seen_revision())
    flash(_("“%(title)s” is saved.", title=page_title(page)), "success")
    return redirect(url_for("manage_texts.city_pages"), 303)
