"""Ballots on paper: printed for a hall without network, typed in twice by two people."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.links import public_url
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury import rules
from ideenlab.jury.actions import type_paper
from ideenlab.jury.forms import BallotForm, BallotSheet, ballot_form
from ideenlab.jury.manage.door import blueprint, status
from ideenlab.jury.models import Juror, PaperBallot
from ideenlab.jury.queries import (
    Stop,
    Typed,
    criteria_of,
    find_paper,
    find_seat,
    get_juror,
    get_prototype_for_jury,
    jurors_of,
    papers_of,
    read_typed,
    rules_of,
    ways_of,
)
from ideenlab.prototypes.models import Prototype


@blueprint.get("/hackathons/<slug>/jury/papier")
@organiser
def papers(slug: str) -> ResponseReturnValue:
    """Which sheets there are, and how far each is."""
    hackathon = get_any_hackathon(slug)
    ways, typed = ways_of(hackathon), papers_of(hackathon)
    panel = [
        (juror, [(stop, _state(stop, typed.get((juror.id, stop.prototype_id)))) for stop in ways.get(juror.id, ())])
        for juror in jurors_of(hackathon)
    ]
    return render_template("jury/manage/papers.html", hackathon=hackathon, panel=panel,
                           criteria=criteria_of(hackathon))  # fmt: skip


def _state(stop: Stop, paper: PaperBallot | None) -> tuple[str, str]:
    """Kind and words of a badge."""
    if paper and paper.state == "accepted":
        return "success", _who_typed(paper)
    if stop.done:
        return "success", str(_("handed in online"))
    if paper is None:
        return "muted", str(_("not typed in"))
    if paper.state == "differs":
        return "danger", str(_("typed in differently"))
    return "info", str(_("typed in once, by %(name)s", name=paper.typed_by.pseudonym))


def _who_typed(paper: PaperBallot) -> str:
    first, second = paper.typed_by.pseudonym, paper.checked_by.pseudonym if paper.checked_by else "–"
    if paper.by_one:
        return str(_("typed in and checked by %(name)s alone, counts", name=first))
    return str(_("typed in by %(first)s, checked by %(second)s, counts", first=first, second=second))


@blueprint.get("/hackathons/<slug>/jury/papier/boegen.pdf")
@organiser
def paper_sheets(slug: str) -> ResponseReturnValue:
    """For the whole jury or, with ?mitglied=…, for one; each in the order of the pitches."""
    hackathon = get_any_hackathon(slug)
    only = request.args.get("mitglied", type=int)
    criteria, ways = criteria_of(hackathon), ways_of(hackathon)
    panel = [juror for juror in jurors_of(hackathon) if only in (None, juror.id) and ways.get(juror.id)]
    if not panel or not criteria:
        raise NotFound
    title = _("Ballots: %(title)s", title=hackathon.title)
    drawn = BallotSheet(title, hackathon=hackathon.title, rules=rules_of(hackathon), criteria=criteria)
    for juror in panel:
        for stop in ways[juror.id]:
            address = public_url("manage_jury.paper", slug=slug, juror_id=juror.id, prototype_id=stop.prototype_id)
            drawn.add(juror, stop, round_number=stop.round_number, address=address)
    headers = {"Content-Disposition": f"inline; filename=bewertungsboegen-{slug}.pdf"}
    return Response(drawn.content(), mimetype="application/pdf", headers=headers)


@blueprint.route("/hackathons/<slug>/jury/papier/<int:juror_id>/<int:prototype_id>", methods=["GET", "POST"])
@organiser
def paper(slug: str, juror_id: int, prototype_id: int) -> ResponseReturnValue:
    """One sheet, typed in. Who types it again does not see the points of the first."""
    hackathon = get_any_hackathon(slug)
    juror, prototype = get_juror(hackathon, juror_id), get_prototype_for_jury(prototype_id)
    if prototype.hackathon_id != hackathon.id:
        raise NotFound
    seat = find_seat(juror.person, prototype)
    found = find_paper(juror, prototype, round_number=seat.round_number)
    may_check_alone = rules.may_check_alone(me(), found, hackathon)
    form = _form(hackathon, found, alone=bool(may_check_alone))
    try:
        if form.is_submitted() and form.validate():
            return _typed(hackathon, _save(juror, prototype, form))
    except Invalid as error:
        refuse(form, error.field, str(error))
    if form.is_submitted():
        form.renew()
    return render_template(
        "jury/manage/paper.html", hackathon=hackathon, juror=juror, prototype=prototype, form=form, paper=found,
        versions=_versions(found), may_type=rules.may_type_paper(me(), juror, prototype, now(), seat=seat), seat=seat,
        may_check_alone=may_check_alone,
    ), status()  # fmt: skip


def _form(hackathon: Hackathon, found: PaperBallot | None, *, alone: bool) -> BallotForm:
    """With one's own version to be corrected; the words of somebody else, but not their points."""
    shown = None
    if found and found.typed_by_id == me().id:
        shown = read_typed(found.content)
    elif found and found.checked_by_id == me().id:
        shown = read_typed(found.checked_content)
    elif found:
        first = read_typed(found.content)
        shown = Typed({}, first.excuses, first.words)
    form = ballot_form(criteria_of(hackathon), rules_of(hackathon), typed=shown, alone=alone)
    form.submitting = True
    return form


def _save(juror: Juror, prototype: Prototype, form: BallotForm) -> PaperBallot:
    return type_paper(
        me(), juror=juror, prototype=prototype, half_points=form.half_points, excuses=form.excuses,
        remarks=form.remarks, knows_to_be_alone="alone" in form and form["alone"].data,
    )  # fmt: skip


def _typed(hackathon: Hackathon, saved: PaperBallot) -> ResponseReturnValue:
    said = {
        "accepted": _("The ballot is handed in. The protocol says that one person checked it.")
        if saved.by_one
        else _("Both have typed in the same points. The ballot is handed in."),
        "typed": _("Typed in. It counts when another person has typed in the same."),
        "differs": _("The points differ from what the other person has typed in. Please look at the sheet together."),
    }
    kind = {"accepted": "success", "typed": "info", "differs": "warning"}[saved.state]
    flash(said[saved.state], kind)
    if saved.state == "differs":
        return redirect(url_for(".paper", slug=hackathon.slug, juror_id=saved.juror_id,
                                prototype_id=saved.prototype_id), 303)  # fmt: skip
    return redirect(url_for(".papers", slug=hackathon.slug), 303)


def _versions(found: PaperBallot | None) -> list[tuple[str, Typed]]:
    """Where two people differ, what each has read."""
    if found is None or found.state != "differs" or found.checked_by is None:
        return []
    return [(found.typed_by.pseudonym, read_typed(found.content)),
            (found.checked_by.pseudonym, read_typed(found.checked_content))]  # fmt: skip
