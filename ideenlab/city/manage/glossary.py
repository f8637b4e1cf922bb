from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.city.actions import add_word
from ideenlab.city.actions import remove_word as take_away
from ideenlab.city.forms import OnlyButton, WordForm
from ideenlab.city.manage.door import blueprint
from ideenlab.city.queries import get_word
from ideenlab.city.queries import glossary as every_word
from ideenlab.core.i18n import gettext as _
from ideenlab.core.web import accepted


@blueprint.route("/sprache", methods=["GET", "POST"])
@organiser
def glossary() -> ResponseReturnValue:
    """The words that the city does not use, and what it says in their place."""
    form = WordForm()
    if accepted(form, lambda: add_word(me(), word=form.word.data, instead=form.instead.data)):
        flash(_("“%(word)s” is in the list.", word=form.word.data), "success")
        return redirect(url_for("manage_city.glossary"), 303)
    page = render_template("city/manage/glossary.html", form=form, words=every_word())
    return page, 422 if form.errors else 200


@blueprint.post("/sprache/<int:word_id>/entfernen")
@organiser
def remove_word(word_id: int) -> ResponseReturnValue:
    word = get_word(word_id)
    if OnlyButton().validate_on_submit():
        flash(_("“%(word)s” is out of the list.", word=word.word), "success")
        take_away(me(), word=word)
    return redirect(url_for("manage_city.glossary"), 303)
