"""Ballots that were scored elsewhere come in by command. Jurors of a file are people without address or access."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import delete, select

from ideenlab.accounts.actions.invitations import free_pseudonym
from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import fold
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.actions.criteria import new_criterion
from ideenlab.jury.actions.revisions import ballot_content, hold_rules, next_revision
from ideenlab.jury.actions.versions import freeze_rules, stored_rules
from ideenlab.jury.models import Ballot, Criterion, Juror, Score
from ideenlab.jury.queries import criteria_of, is_frozen, panel_of
from ideenlab.jury.rules import may_import_ballots
from ideenlab.programme.models import Edition
from ideenlab.programme.queries import current_edition, today
from ideenlab.prototypes.actions import add_imported_prototype
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import handed_in_of


@dataclass(frozen=True)
class GivenCriterion:
    """A criterion of the file, its scale in half points."""

    title: str
    weight: Decimal
    lowest: int
    highest: int


@dataclass(frozen=True)
class GivenBallot:
    """A ballot of the file: half points by the title of the criterion; a criterion that is not there was not scored."""

    prototype: str
    juror: str
    half_points: Mapping[str, int]


@dataclass
class ImportReport:
    """What an import has made."""

    criteria: int = 0
    prototypes: int = 0
    jurors: int = 0
    submitted: int = 0
    unfinished: int = 0
    unchanged: int = 0
    notes: list[str] = field(default_factory=list)


def hackathon_for_import(slug: str, *, title: str) -> Hackathon:
    """A hackathon for ballots from elsewhere: every window is over, so that nobody can do anything in it."""
    edition = current_edition() or _edition_of_today()
    over = now() - timedelta(minutes=1)
    begin = over - timedelta(hours=1)
    windows = {
        f"{name}_{end}": moment
        for name in ("registration", "teams", "submission", "scoring")
        for end, moment in (("from", begin), ("until", over))
    }
    hackathon = Hackathon(
        edition=edition, slug=slug, title=title, starts_at=begin, ends_at=over, publication_from=now(), **windows
    )
    db.session.add(hackathon)
    db.session.flush()
    record(None, "hackathons.imported", hackathon)
    return hackathon


def _edition_of_today() -> Edition:
    day = today()
    edition = Edition(slug=f"{day:%Y}", title=f"Ideenlab {day:%Y}", starts_on=day, ends_on=day)
    db.session.add(edition)
    return edition


def import_ballots(
    hackathon: Hackathon, *, criteria: Sequence[GivenCriterion], ballots: Iterable[GivenBallot]
) -> ImportReport:
    """Take over ballots; make criteria, prototypes and jurors where they are missing. A second time nothing changes.

    A ballot without a value for every criterion stays open and does not count. Raises Invalid or NotAllowed; the
    caller keeps all of it or nothing.
    """
    require(may_import_ballots(hackathon))
    report = ImportReport()
    by_title = _criteria(hackathon, criteria, report)
    hold_rules(hackathon, alone=True)
    importer = _Importer(hackathon, by_title, report, version=freeze_rules(hackathon))
    for ballot in ballots:
        importer.take(ballot)
    record(None, "jury.ballots_imported", hackathon, note=f"{report.submitted} + {report.unfinished}")
    db.session.flush()
    return report


def _criteria(hackathon: Hackathon, given: Sequence[GivenCriterion], report: ImportReport) -> dict[str, Criterion]:
    rules, known = stored_rules(hackathon), {criterion.title: criterion for criterion in criteria_of(hackathon)}
    lowest, highest = given[0].lowest, given[0].highest
    frozen = is_frozen(hackathon)
    if frozen and (rules.lowest_half_points, rules.highest_half_points) != (lowest, highest):
        raise Invalid(_("The jury has begun to score on another scale."))
    rules.lowest_half_points, rules.highest_half_points = lowest, highest
    left_out = known.keys() - {criterion.title for criterion in given}
    if left_out:
        raise Invalid(_("The file lacks criteria of this hackathon: %(titles)s", titles=", ".join(sorted(left_out))))
    for criterion in given:
        stored = known.get(criterion.title)
        if stored is None and frozen:
            raise Invalid(_("The jury has begun to score without the criterion “%(title)s”.", title=criterion.title))
        if stored and stored.weight != criterion.weight:
            raise Invalid(_("The criterion “%(title)s” has the weight %(weight)s here.",
                            title=criterion.title, weight=format(stored.weight, "f")))  # fmt: skip
        if stored is None:
            known[criterion.title] = new_criterion(hackathon, title=criterion.title, weight=criterion.weight)
            report.criteria += 1
    return known


class _Importer:
    """Knows what is there already, so that each ballot is looked at once."""

    def __init__(
        self, hackathon: Hackathon, criteria: Mapping[str, Criterion], report: ImportReport, *, version: int
    ) -> None:
        self.hackathon, self.criteria, self.report, self.version = hackathon, criteria, report, version
        handed_in = handed_in_of(hackathon)
        self.prototypes = {prototype.team.name: prototype for prototype, _hand_in in handed_in}
        self.prototypes |= {hand_in.title: prototype for prototype, hand_in in handed_in}
        self.jurors = {juror.name: juror for juror in panel_of(hackathon)}
        of_hackathon = select(Ballot).join(Juror, Juror.id == Ballot.juror_id)
        ballots = db.session.scalars(of_hackathon.where(Juror.hackathon_id == hackathon.id))
        self.ballots = {(ballot.juror_id, ballot.prototype_id): ballot for ballot in ballots}

    def take(self, given: GivenBallot) -> None:
        prototype, juror = self._prototype(given.prototype), self._juror(given.juror)
        half_points = {self.criteria[title]: value for title, value in given.half_points.items()}
        state = "submitted" if len(half_points) == len(self.criteria) else "open"
        content = ballot_content(half_points, {})
        ballot = self.ballots.get((juror.id, prototype.id)) or Ballot(juror=juror, prototype=prototype, revision=0)
        db.session.add(ballot)
        db.session.flush()
        save_id = "import-" + hashlib.sha256(f"{state}{content}{ballot.revision}".encode()).hexdigest()[:32]
        self.report.submitted += state == "submitted"
        self.report.unfinished += state == "open"
        if ballot.revision and self._same(ballot, half_points, state):
            self.report.unchanged += 1
            return
        next_revision(ballot, revision=ballot.revision, save_id=save_id, state=state, content=content,
                      version=self.version, source="import")  # fmt: skip
        db.session.execute(delete(Score).where(Score.ballot_id == ballot.id))
        db.session.add_all(
            Score(ballot_id=ballot.id, criterion_id=criterion.id, half_points=value)
            for criterion, value in half_points.items()
        )

    def _same(self, ballot: Ballot, half_points: Mapping[Criterion, int], state: str) -> bool:
        scores = db.session.execute(
            select(Score.criterion_id, Score.half_points).where(Score.ballot_id == ballot.id)
        ).all()
        stored = {criterion_id: value for criterion_id, value in scores}
        return ballot.state == state and stored == {criterion.id: value for criterion, value in half_points.items()}

    def _prototype(self, title: str) -> Prototype:
        if title not in self.prototypes:
            self.prototypes[title] = add_imported_prototype(self.hackathon, title=title)
            self.report.prototypes += 1
        return self.prototypes[title]

    def _juror(self, name: str) -> Juror:
        juror = self.jurors.get(name)
        if juror and (juror.person.email or juror.removed_at):
            raise Invalid(_("%(name)s is or was on the jury with an access of their own. Nobody else fills in their "
                            "ballots.", name=name))  # fmt: skip
        if juror is None:
            pseudonym = free_pseudonym(name)
            person = Person(pseudonym=pseudonym, pseudonym_folded=fold(pseudonym), state="active")
            juror = self.jurors[name] = Juror(hackathon=self.hackathon, person=person, name=name, accepted_at=now())
            db.session.add(juror)
            db.session.flush()
            self.report.jurors += 1
        return juror
