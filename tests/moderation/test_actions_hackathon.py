"""What teams write in a hackathon, on their pages and on the board: reported, hidden, shown again."""

import json

import pytest
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid, NotAllowed
from ideenlab.core.verdict import YES
from ideenlab.mail.models import Mail
from ideenlab.moderation.actions import appeal, decide_appeal, report_thing, take_measure
from ideenlab.moderation.models import Case
from ideenlab.moderation.queries import get_thing, hidden_things
from ideenlab.moderation.rules import may_report, measures_for
from ideenlab.prototypes.models import HandIn
from ideenlab.prototypes.rules import may_see_prototype
from ideenlab.teams.actions import NoticeText, TeamText, edit_team, write_notice
from ideenlab.teams.queries import visible_notices
from tests.factories import a_hackathon, a_person, a_prototype, a_registration, a_team, saved

WHY = "Hier wird eine Gruppe von Menschen beleidigt."


def done(action, *args, **values):
    with transaction():
        return action(*args, **values)


def a_notice(hackathon, text="Suche Team"):
    person = a_registration(hackathon).person
    return done(write_notice, person, hackathon=hackathon, text=NoticeText(text), revision=0)


def test_a_notice_is_reported_by_those_who_see_the_board_and_taken_down(app):
    hackathon = a_hackathon()
    notice, reader, moderator = a_notice(hackathon), a_registration(hackathon).person, a_person("moderator")
    thing = get_thing("aushang", notice.id)
    assert [bool(may_report(each, thing)) for each in (None, a_person(), reader)] == [False, False, True]
    done(report_thing, reader, thing=thing, reason="insult", text="Das beleidigt uns.", email=None)
    assert db.session.scalar(select(Case.thing)) == "board_notices"
    assert measures_for(moderator, thing) == ["hidden"]
    done(take_measure, moderator, thing=thing, kind="hidden", reason=WHY)
    assert list(visible_notices(hackathon)) == []
    assert [each.key for each in hidden_things(5)] == [("board_notices", notice.id)]
    told = db.session.scalars(select(Mail.text).where(Mail.recipient == notice.person.email).order_by(Mail.id)).all()
    assert WHY in told[-1]


def test_whoever_wrote_it_may_write_anew_and_the_old_one_does_not_hang_twice(app):
    hackathon, moderator = a_hackathon(), a_person("moderator")
    first, second = a_notice(hackathon), a_notice(hackathon)
    for notice in (first, second):
        done(take_measure, moderator, thing=get_thing("aushang", notice.id), kind="hidden", reason=WHY)
    fresh = done(write_notice, first.person, hackathon=hackathon, text=NoticeText("Neu"), revision=0)
    for notice in (first, second):
        done(take_measure, moderator, thing=get_thing("aushang", notice.id), kind="restored", reason=WHY)
    assert {notice.id for notice in visible_notices(hackathon)} == {fresh.id, second.id}
    assert first.closed_at is not None


def test_a_prototype_goes_out_of_sight_for_everybody_but_its_team_and_comes_back_on_appeal(app):
    hackathon = a_hackathon(open_windows=("publication",), gallery_shown_at=now())
    member = a_person()
    prototype = a_prototype(a_team(hackathon, member))
    content = json.dumps({"pitch": "Kurz", "description": "Lang"})
    saved(
        HandIn(
            prototype=prototype, number=1, handed_in_at=now(), title="Böse", content=content, description_html="",
            sha256="0" * 64,
        )
    )  # fmt: skip
    moderator, other = a_person("moderator"), a_person("moderator")
    thing = get_thing("prototyp", prototype.id)
    assert may_report(None, thing)
    with pytest.raises(NotAllowed), transaction():
        take_measure(a_person("organiser"), thing=thing, kind="hidden", reason=WHY)
    measure = done(take_measure, moderator, thing=thing, kind="hidden", reason=WHY)
    people = (None, a_person(), member, a_person("organiser"))
    assert [bool(may_see_prototype(each, prototype, now())) for each in people] == [False, False, True, True]
    assert not may_report(a_person(), get_thing("prototyp", prototype.id))
    complaint = done(appeal, member, measure=measure, text="Das stimmt nicht, bitte noch einmal lesen.")
    done(decide_appeal, other, appeal=complaint, overturn=True, reason="Sie haben recht, das war ein Irrtum.")
    assert may_see_prototype(None, prototype, now())


def test_what_a_team_says_about_itself_is_hidden_without_its_name_until_it_writes_anew(app):
    member, moderator, other = a_person(), a_person("moderator"), a_person("moderator")
    team = a_team(a_hackathon(), member, name="Eins", about="Alle anderen sind dumm.")
    thing = get_thing("teamtext", team.id)
    assert (may_report(None, thing), measures_for(moderator, thing)) == (YES, ["hidden"])
    assert may_report(None, get_thing("team", team.id))
    measure = done(take_measure, moderator, thing=thing, kind="hidden", reason=WHY)
    assert (team.about, team.name, [each.key for each in hidden_things(5)]) == ("", "Eins", [("team_texts", team.id)])
    assert not may_report(None, get_thing("teamtext", team.id))
    with pytest.raises(Invalid):
        done(edit_team, member, team=team, text=TeamText("ALLE anderen sind dumm.", None), revision=team.revision)
    complaint = done(appeal, member, measure=measure, text="Das stimmt nicht, bitte noch einmal lesen.")
    done(decide_appeal, other, appeal=complaint, overturn=True, reason="Sie haben recht, das war ein Irrtum.")
    assert (team.about, hidden_things(5)) == ("Alle anderen sind dumm.", [])
    done(take_measure, moderator, thing=get_thing("teamtext", team.id), kind="hidden", reason=WHY)
    done(edit_team, member, team=team, text=TeamText("Wir bauen Bänke.", None), revision=team.revision)
    assert (team.about, team.about_hidden_at, hidden_things(5)) == ("Wir bauen Bänke.", None, [])
    assert measures_for(member, get_thing("teamtext", team.id)) == []
