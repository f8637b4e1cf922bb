"""A draft that is saved while it is typed, answered in JSON for the page that saves by itself."""

from flask import url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.core.clock import now
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import in_city_time
from ideenlab.ideas.actions import edit_idea, give_idea
from ideenlab.ideas.forms import IdeaForm
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import get_call
from ideenlab.ideas.views.door import blueprint
from ideenlab.ideas.views.idea import seen_idea
from ideenlab.ideas.views.writing import autosave_key, topic_of
from ideenlab.programme.queries import topics_of


@blueprint.post("/ideen/<slug>/neu/zwischenstand")
@signed_in
def autosave_new_idea(slug: str) -> ResponseReturnValue:
    """The first save makes the draft; from then on the page belongs to it."""
    call = get_call(slug)
    form = IdeaForm.of(topics := topics_of(call.edition), publishing=False)
    if not form.validate():
        return _refused(form)
    try:
        idea = give_idea(
            me(), call=call, title=form.title.data, text=form.text.data, topic=topic_of(form, topics),
            where=form.whereabouts(),
        )  # fmt: skip
    except NotAllowed as error:
        return {"message": str(error)}, 403
    except Invalid as error:
        return _told(str(error)), 422
    page = url_for("ideas.edit_idea", idea_id=idea.id)
    here = {"page": page, "autosave": url_for("ideas.autosave_idea", idea_id=idea.id), "key": autosave_key(idea)}
    return {**_saved(idea), **here}


@blueprint.post("/idee/<int:idea_id>/zwischenstand")
@signed_in
def autosave_idea(idea_id: int) -> ResponseReturnValue:
    """Only drafts: what others read is changed by a button alone."""
    idea = seen_idea(idea_id)
    page = {"url": url_for("ideas.idea", idea_id=idea_id)}
    if idea.state != "draft":
        return {"message": _("This idea is no longer a draft."), **page}, 403
    form = IdeaForm.of(topics := topics_of(idea.call.edition), idea, publishing=False)
    if not form.validate():
        return _refused(form)
    try:
        edit_idea(
            me(), idea=idea, title=form.title.data, text=form.text.data, topic=topic_of(form, topics),
            revision=form.known_revision(), where=form.whereabouts(),
        )  # fmt: skip
    except Conflict as error:
        here = {"url": url_for("ideas.edit_idea", idea_id=idea_id), "mine": error.mine, "stored": error.stored}
        return {"message": str(error), **here}, 409
    except NotAllowed as error:
        return {"message": str(error), **page}, 403
    except Invalid as error:
        return _told(str(error)), 422
    return _saved(idea)


def _saved(idea: Idea) -> dict[str, object]:
    return {"revision": idea.revision, "message": _("Saved at %(time)s.", time=f"{in_city_time(now()):%H:%M:%S}")}


def _refused(form: IdeaForm) -> ResponseReturnValue:
    if not (form.title.data and form.text.data):
        return _told(_("It needs a title and a text.")), 422
    return _told(next(error for errors in form.errors.values() for error in errors)), 422


def _told(reason: str) -> dict[str, str]:
    return {"message": _("Not saved yet: %(reason)s", reason=reason)}
