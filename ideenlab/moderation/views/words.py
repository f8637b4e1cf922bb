from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, moderator
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.moderation import actions, queries
from ideenlab.moderation.forms import WordForm
from ideenlab.moderation.views.door import blueprint


@blueprint.route("/moderation/woerter", methods=["GET", "POST"])
@moderator
def words() -> ResponseReturnValue:
    """The list of words that are shown as hints."""
    form = WordForm()
    if form.validate_on_submit():
        try:
            actions.add_word(me(), word=form.word.data)
            flash(_("The word is on the list."), "success")
            return redirect(url_for("moderation.words"), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    return render_template("moderation/words.html", words=queries.words(), form=form), 422 if form.errors else 200


@blueprint.post("/moderation/woerter/<int:word_id>/entfernen")
@moderator
def remove_word(word_id: int) -> ResponseReturnValue:
    actions.remove_word(me(), word=queries.get_word(word_id))
    flash(_("The word is off the list."), "success")
    return redirect(url_for("moderation.words"), 303)
