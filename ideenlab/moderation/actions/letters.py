"""Who is told what the moderation did."""

from ideenlab.core.i18n import speaking
from ideenlab.core.links import local_path
from ideenlab.core.mailtext import write_mail
from ideenlab.mail.actions import queue_mail
from ideenlab.moderation.models import Appeal, Case, Measure, Report
from ideenlab.moderation.queries import Thing, reports_of
from ideenlab.notifications.actions import forget_notices, tell


def confirm_report(report: Report, thing: Thing) -> None:
    _write(report, "moderation/reported", thing=thing)


def tell_reporters(case: Case, measure: Measure, thing: Thing) -> None:
    """Everybody who left an address, each address once."""
    told: set[str] = set()
    for report in reports_of(case):
        if report.email and report.email not in told:
            told.add(report.email)
            _write(report, "moderation/outcome", thing=thing, measure=measure)


def forget_what_was_told(thing: Thing) -> None:
    """What is hidden is not read in notices or in digests to come either."""
    if thing.table == "ideas":
        forget_notices(thing.row)
    elif thing.table == "comments" and thing.idea is not None:
        path = local_path("ideas.idea", idea_id=thing.idea.id, anchor=f"comment-{thing.id}")
        forget_notices(thing.idea, path=path)


def tell_author(measure: Measure, thing: Thing) -> None:
    if measure.person is not None:
        tell(measure.person, "moderation/decision", about=thing.idea or thing.row, measure=measure, thing=thing)


def tell_outcome_of_appeal(appeal: Appeal, thing: Thing | None) -> None:
    if appeal.measure.person is not None:
        about = thing.idea or thing.row if thing else None
        tell(appeal.measure.person, "moderation/appeal_decided", about=about, appeal=appeal, thing=thing)


def _write(report: Report, template: str, **values: object) -> None:
    if report.email is None:
        return
    with speaking(report.language):
        subject, text = write_mail(template, report=report, **values)
    queue_mail(recipient=report.email, subject=subject, text=text)
