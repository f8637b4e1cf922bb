"""The kinds of things that teams of a hackathon make: see `kinds`."""

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.i18n import gettext as _
from ideenlab.moderation.queries.things import Deed, Kind, Thing
from ideenlab.notifications.actions import forget_notices
from ideenlab.prototypes import rules as prototypes
from ideenlab.prototypes.actions import hide_prototype, restore_prototype
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import content_of, hidden_prototypes, latest_hand_in, numbers_of_prototypes_of
from ideenlab.teams import rules as teams
from ideenlab.teams.actions import (
    hide_notice,
    hide_team_name,
    hide_team_text,
    restore_notice,
    restore_team_name,
    restore_team_text,
)
from ideenlab.teams.models import BoardNotice, Team
from ideenlab.teams.queries import (
    hidden_notices,
    members_of_teams,
    numbers_of_teams_of,
    teams_with_hidden_names,
    teams_with_hidden_texts,
)


def _teams(numbers: Collection[int]) -> Iterable[Thing]:
    members = members_of_teams(numbers)
    for team in db.session.scalars(select(Team).where(Team.id.in_(numbers))):
        state = "gone" if team.dissolved_at else "hidden" if team.hidden_at else "visible"
        yield Thing(
            TEAMS, team.id, team, team.name, team.hidden_name or team.name, "", state, team.created_at, None,
            "teams.team", {"team_id": team.id}, owners=tuple(members.get(team.id, ())),
        )  # fmt: skip


TEAMS = Kind(
    table="teams",
    slug="team",
    name=lambda: _("Name of a team"),
    load=_teams,
    shown=("visible",),
    deeds={
        "hidden": Deed(teams.may_hide_team_name, lambda who, team, _why: hide_team_name(who, team=team)),
        "restored": Deed(teams.may_restore_team_name, lambda who, team, _why: restore_team_name(who, team=team)),
    },
    forget=lambda _thing: None,  # the action writes the new name into notices
    owned_by=numbers_of_teams_of,
    hidden=teams_with_hidden_names,
)


def _team_texts(numbers: Collection[int]) -> Iterable[Thing]:
    members = members_of_teams(numbers)
    for team in db.session.scalars(select(Team).where(Team.id.in_(numbers))):
        state = "hidden" if team.about_hidden_at else "visible" if team.about and not team.dissolved_at else "gone"
        yield Thing(
            TEAM_TEXTS, team.id, team, _("What the team “%(name)s” says about itself", name=team.name),
            team.hidden_about or team.about, "", state, team.created_at, None,
            "teams.team", {"team_id": team.id}, owners=tuple(members.get(team.id, ())),
        )  # fmt: skip


TEAM_TEXTS = Kind(
    table="team_texts",  # the column `about` of teams: a name and a text are decided about apart
    slug="teamtext",
    name=lambda: _("Text of a team"),
    load=_team_texts,
    shown=("visible",),
    deeds={
        "hidden": Deed(teams.may_hide_team_text, lambda who, team, _why: hide_team_text(who, team=team)),
        "restored": Deed(teams.may_restore_team_text, lambda who, team, _why: restore_team_text(who, team=team)),
    },
    forget=lambda _thing: None,  # no notice repeats it
    owned_by=numbers_of_teams_of,
    hidden=teams_with_hidden_texts,
)


def _prototypes(numbers: Collection[int]) -> Iterable[Thing]:
    team = joinedload(Prototype.team)
    found = db.session.scalars(select(Prototype).where(Prototype.id.in_(numbers)).options(team)).all()
    members = members_of_teams({prototype.team_id for prototype in found})
    for prototype in found:
        if hand_in := latest_hand_in(prototype):
            content = content_of(hand_in)
            yield Thing(
                PROTOTYPES, prototype.id, prototype, hand_in.title,
                "\n".join([content["pitch"], content["description"]]), hand_in.description_html,
                "hidden" if prototype.hidden_at else "visible", hand_in.handed_in_at, None, "prototypes.prototype",
                {"prototype_id": prototype.id}, owners=tuple(members.get(prototype.team_id, ())),
            )  # fmt: skip


PROTOTYPES = Kind(
    table="prototypes",
    slug="prototyp",
    name=lambda: _("Page of a prototype"),
    load=_prototypes,
    shown=("visible",),
    deeds={
        "hidden": Deed(
            prototypes.may_hide_prototype, lambda who, prototype, _why: hide_prototype(who, prototype=prototype)
        ),
        "restored": Deed(
            prototypes.may_restore_prototype, lambda who, prototype, _why: restore_prototype(who, prototype=prototype)
        ),
    },
    forget=lambda thing: forget_notices(thing.row),
    owned_by=numbers_of_prototypes_of,
    hidden=hidden_prototypes,
    is_titled=True,
    may_see=lambda reader, prototype: prototypes.may_see_prototype(reader, prototype, now()),
)


def _notices(numbers: Collection[int]) -> Iterable[Thing]:
    around = (joinedload(BoardNotice.hackathon), joinedload(BoardNotice.person).selectinload(Person.roles))
    for notice in db.session.scalars(select(BoardNotice).where(BoardNotice.id.in_(numbers)).options(*around)):
        yield Thing(
            NOTICES, notice.id, notice, _("Notice of %(name)s", name=notice.person.pseudonym),
            "\n".join([notice.text, notice.skills]).strip(), "",
            "hidden" if notice.hidden_at else "gone" if notice.closed_at else "visible", notice.created_at,
            notice.person, "teams.board", {"slug": notice.hackathon.slug},
        )  # fmt: skip


NOTICES = Kind(
    table="board_notices",
    slug="aushang",
    name=lambda: _("Notice on the board"),
    load=_notices,
    shown=("visible",),
    deeds={
        "hidden": Deed(teams.may_hide_notice, lambda who, notice, _why: hide_notice(who, notice=notice)),
        "restored": Deed(teams.may_restore_notice, lambda who, notice, _why: restore_notice(who, notice=notice)),
    },
    forget=lambda _thing: None,
    hidden=hidden_notices,
    may_see=lambda reader, notice: teams.may_see_board(reader, notice.hackathon),
)
