"""Who is told what the moderation did."""

from ideenlab.core.i18n import speaking
from ideenlab.core.mailtext import write_mail
from ideenlab.mail.actions import queue_mail
from ideenlab.moderation.models import Appeal, Case, Measure, Report
from ideenlab.moderation.queries import Thing, reports_of
from ideenlab.notifications.actions import tell


def confirm_report(report: Report, thing: Thing, *, is_own: bool) -> None:
    """Whoever typed a foreign address has no words of theirs sent there."""
    _write(report, "moderation/reported", thing=thing, words=report.text if is_own else "")


def tell_reporters(case: Case, measure: Measure, thing: Thing) -> None:
    """Everybody who left an address, each address once."""
    told: set[str] = set()
    for report in reports_of(case):
        if report.email and report.email not in told:
            told.add(report.email)
            _write(report, "moderation/outcome", thing=thing, measure=measure)


def tell_concerned(measure: Measure, thing: Thing) -> None:
    """The author, or everybody to whom the thing belongs."""
    for person in thing.concerned:
        tell(person, "moderation/decision", about=measure, measure=measure, thing=thing)


def tell_outcome_of_appeal(appeal: Appeal, thing: Thing | None) -> None:
    measure = appeal.measure
    concerned = thing.concerned if thing else (measure.person,) if measure.person else ()
    for person in concerned:
        tell(person, "moderation/appeal_decided", about=measure, appeal=appeal, thing=thing)


def _write(report: Report, template: str, **values: object) -> None:
    if report.email is None:
        return
    with speaking(report.language):
        subject, text = write_mail(template, report=report, **values)
    queue_mail(recipient=report.email, subject=subject, text=text)
