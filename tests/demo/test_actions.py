"""The demo city: what stands in it after `fill_city`. Filled once for each database, then only read."""

import hashlib
import json
import re
from collections import Counter
from datetime import timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from ideenlab.accounts.models import Person, Role
from ideenlab.accounts.queries import demo_people
from ideenlab.city.models import District
from ideenlab.city.queries import city_map
from ideenlab.comments.models import Comment
from ideenlab.core.clock import now
from ideenlab.core.db import Model, db, transaction
from ideenlab.core.passwords import is_password
from ideenlab.core.phases import is_open, is_over, window
from ideenlab.demo.actions import STEPS, fill_city
from ideenlab.hackathons.models import WINDOWS, Hackathon, Registration
from ideenlab.hackathons.queries import hackathons as listed_hackathons
from ideenlab.ideas.models import PHASES, Budget, Call, Idea, IdeaImage, IdeaVersion, Support
from ideenlab.ideas.queries import list_ideas
from ideenlab.jury.maths.ceremony import awards_of
from ideenlab.jury.models import Ballot, BallotRevision, Criterion, Juror, JuryRules, Result, Score
from ideenlab.jury.queries import read_protocol, revealed_of
from ideenlab.merges.models import Merge
from ideenlab.moderation.models import Case
from ideenlab.notifications.models import Notice
from ideenlab.programme.models import Edition, Topic
from ideenlab.prototypes.models import HandIn, PrototypeFile
from ideenlab.prototypes.queries import handed_in_of
from ideenlab.teams.models import Membership, Team
from tests.conftest import _empty

PASSWORD = "a password for trying things out"
UNRENDERED = re.compile(r"\*\*|__|^\s*[-*] |\[[^\]]*\]\(|^#+ ", re.MULTILINE)


@pytest.fixture(scope="module")
def city(_app_of_database):
    with _app_of_database.app_context():
        _empty(_app_of_database)
        begin = process_time()  # not the clock: other tests may be running
        with transaction():
            made = list(fill_city(password=PASSWORD, zone=ZoneInfo("Europe/Berlin")))
        yield {"made": made, "took": process_time() - begin}
        db.session.remove()


@pytest.fixture(autouse=True)
def _read_anew(city):
    db.session.rollback()


def rows(model, *conditions):
    return db.session.scalars(select(model).where(*conditions)).all()


def count(model, *conditions):
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))


def test_it_is_filled_part_by_part_with_under_ten_seconds_of_work(city):
    assert city["made"] == list(STEPS)
    assert city["took"] < 10


def test_five_people_one_for_each_role_can_be_played():
    played = demo_people()
    assert [(person.email, [role.name for role in person.roles]) for person in played] == [
        ("buerger@demo.example", []),
        ("jury@demo.example", ["juror"]),
        ("moderation@demo.example", ["moderator"]),
        ("organisation@demo.example", ["organiser"]),
        ("verwaltung@demo.example", ["administrator"]),
    ]
    assert len({person.password_hash for person in played}) == 1
    assert is_password(PASSWORD, played[0].password_hash)


def test_everybody_is_a_confirmed_demo_person_with_an_invented_address():
    people = rows(Person)
    assert len(people) == 92 + 7 + 4  # citizens, jurors, and those played who are neither
    assert {person.state for person in people} == {"active"}
    assert all(person.is_demo and person.email.endswith("@demo.example") for person in people)
    assert {role.name for role in rows(Role)} == {"juror", "moderator", "organiser", "administrator"}


def test_the_open_call_has_sixty_ideas_over_the_seven_topics():
    call = db.session.scalar(select(Call).where(Call.slug == "buergerlab"))
    ideas = rows(Idea, Idea.call_id == call.id, Idea.state == "published")
    assert len(ideas) == 60
    assert len({idea.topic_id for idea in ideas}) == 7
    assert count(Topic, Topic.edition_id == call.edition_id) == 7
    assert Counter(idea.state for idea in rows(Idea)) == {
        "published": 68 + 8, "merged": 1, "hidden": 1, "withdrawn": 1, "draft": 1,
    }  # fmt: skip


def test_the_hidden_idea_says_why():
    (hidden,) = rows(Idea, Idea.state == "hidden")
    assert len(hidden.hidden_reason) > 50


def test_edited_ideas_keep_how_they_read_before():
    versions = rows(IdeaVersion)
    assert len(versions) >= 2
    for version in versions:
        idea = db.session.get(Idea, version.idea_id)
        assert version.revision < idea.revision
        assert version.text != idea.text
        assert version.written_at <= idea.changed_at <= now()


def test_counters_of_ideas_are_the_rows_they_count():
    votes = {idea.id: rows(Support, Support.idea_id == idea.id) for idea in rows(Idea)}
    comments = dict(db.session.execute(select(Comment.thread_id, func.count()).group_by(Comment.thread_id)).all())
    for idea in rows(Idea):
        own = votes[idea.id]
        if idea.call.support_mode == "for_against":
            counted = Counter(vote.value for vote in own)
            assert (idea.support_count, idea.against_count, idea.unsure_count) == (counted[1], counted[-1], counted[0])
        elif idea.call.support_mode == "points":
            assert idea.support_count == sum(vote.value for vote in own)
        else:
            parts = [votes[part.id] for part in rows(Idea, Idea.merged_into_id == idea.id)]
            assert idea.support_count == len({vote.person_id for some in (own, *parts) for vote in some})
        assert idea.comment_count == comments.get(idea.thread_id, 0)


def test_nobody_spread_more_points_than_they_have():
    spent = Counter()
    for support in rows(Support, Support.idea_id.in_(select(Idea.id).join(Call).where(Call.support_mode == "points"))):
        spent[support.person_id] += support.value
        assert 1 <= support.value <= 3
    budgets = rows(Budget)
    assert {budget.person_id: budget.spent for budget in budgets} == spent
    assert max(spent.values()) <= 5


def test_a_stranger_sees_every_way_to_vote_a_queue_joined_ideas_and_news():
    assert {call.support_mode for call in rows(Call)} == {"yes", "for_against", "points"}
    assert [(case.origin, case.report_count) for case in rows(Case, Case.closed_at.is_(None))] == [("report", 1)]
    (merge,) = rows(Merge)
    assert (merge.state, merge.target.part_count) == ("merged", 1)
    citizen = demo_people()[0]
    told = {notice.once_key.partition("-")[0] for notice in rows(Notice, Notice.person_id == citizen.id)}
    assert {"mention", "answer"} <= told


def test_nobody_supports_their_own_idea_or_at_a_time_that_was_not_open():
    for support in rows(Support):
        idea = db.session.get(Idea, support.idea_id)
        assert support.person_id != idea.author_id
        assert idea.published_at <= support.created_at <= now()
        assert is_open(idea.call, "support", support.created_at)


def test_an_answer_stands_in_the_thread_of_the_comment_it_answers_and_is_younger():
    answers = rows(Comment, Comment.parent_id.is_not(None))
    assert answers
    for answer in answers:
        answered = db.session.get(Comment, answer.parent_id)
        assert answered.thread_id == answer.thread_id
        assert answered.created_at < answer.created_at


def test_every_phase_of_a_call_can_be_seen_open_closed_and_to_come():
    calls = rows(Call)
    for phase in PHASES:
        assert any(is_open(call, phase, now()) for call in calls)
        assert any(window(call, phase)[0] > now() for call in calls)
    assert any(is_over(call, "support", now()) for call in calls)


def test_every_window_of_a_hackathon_can_be_seen_open_and_over_or_to_come():
    hackathons = rows(Hackathon)
    for name in WINDOWS:
        assert any(is_open(hackathon, name, now()) for hackathon in hackathons)
        assert any(not is_open(hackathon, name, now()) for hackathon in hackathons)


def test_everybody_finds_the_hackathons():
    assert len(listed_hackathons()) == count(Hackathon)


def test_weeks_are_around_today_and_a_year_ago():
    this, last = rows(Edition)
    assert this.starts_on <= now().date() <= this.ends_on
    assert last.ends_on < now().date() - timedelta(days=300)


def test_teams_and_places_count_what_is_there():
    for hackathon in rows(Hackathon):
        registered = rows(Registration, Registration.hackathon_id == hackathon.id, Registration.state == "registered")
        assert hackathon.registered_count == len(registered) <= hackathon.places
        members = rows(Membership, Membership.hackathon_id == hackathon.id)
        assert {m.person_id for m in members} == {r.person_id for r in registered if r.in_team}
    for team in rows(Team):
        assert team.member_count == count(Membership, Membership.team_id == team.id)
        assert team.hackathon.team_size_min <= team.member_count <= team.hackathon.team_size_max


def test_the_citizen_is_in_a_team_of_the_running_hackathon_and_free_to_join_the_open_one():
    citizen = demo_people()[0]
    (membership,) = rows(Membership, Membership.person_id == citizen.id)
    assert is_open(membership.team.hackathon, "scoring", now())
    assert count(Team, Team.hackathon_id == membership.hackathon_id) == 8


def test_no_text_that_is_shown_holds_unrendered_markdown():
    shown = [
        *(call.description_html for call in rows(Call)),
        *(text for idea in rows(Idea) for text in (idea.text_html, idea.excerpt, idea.title)),
        *(comment.text_html for comment in rows(Comment)),
        *(hackathon.description_html for hackathon in rows(Hackathon)),
    ]
    assert [text for text in shown if not text or UNRENDERED.search(text)] == []


def test_nothing_in_the_city_happened_in_the_future():
    happened = ("created_at", "published_at", "changed_at", "joined_at", "handed_in_at", "saved_at", "written_at", "at")
    for mapper in Model.registry.mappers:
        for name in happened:
            if name in mapper.columns and count(mapper.class_):
                latest = db.session.scalar(select(func.max(getattr(mapper.class_, name))))
                assert latest is None or latest <= now(), f"{mapper.class_.__name__}.{name}"


def the_hackathon(slug):
    return db.session.scalar(select(Hackathon).where(Hackathon.slug == slug))


def ballots_of(hackathon):
    return rows(Ballot, Ballot.juror_id.in_(select(Juror.id).where(Juror.hackathon_id == hackathon.id)))


def test_what_was_handed_in_carries_its_receipt():
    for version in rows(HandIn):
        hackathon = version.prototype.hackathon
        assert version.sha256 == hashlib.sha256(version.content.encode()).hexdigest()
        assert is_open(hackathon, "submission", version.handed_in_at)
        assert version.prototype.team.handed_in_at <= version.handed_in_at
        assert json.loads(version.content)["team"] == version.prototype.team.name
        assert not UNRENDERED.search(version.description_html)
    assert Counter(version.number for version in rows(HandIn))[2] >= 3
    assert len(handed_in_of(the_hackathon("lebenswertes-musterstadt"))) == 8


def test_pictures_of_prototypes_are_stored_whole():
    files = [file.file for file in rows(PrototypeFile)]
    assert len(files) == 4
    for file in files:
        assert (file.state, file.media_type) == ("whole", "image/png")
        assert file.size > 1000


def test_pictures_of_ideas_are_drawn_in_widths_and_described():
    images = rows(IdeaImage)
    assert [image.idea.image_count for image in images] == [1, 1]
    for image in images:
        assert image.alt.startswith("Skizze: ")
        assert [(size.width, size.file.media_type) for size in image.sizes] == [
            (400, "image/webp"),
            (800, "image/webp"),
        ]


def test_marks_lie_in_the_district_that_is_named():
    assert len(rows(District)) == 6
    sheet = city_map()
    marked = rows(Idea, Idea.latitude.is_not(None))
    assert len(marked) >= 10
    assert all(idea.district and sheet.holds(idea.latitude, idea.longitude) for idea in marked)


def test_the_search_finds_ideas_without_waiting_for_the_worker():
    call = db.session.scalar(select(Call).where(Call.slug == "buergerlab"))
    for words in ("Fußgängerampel", "Fussgangerampel", "Ampel Zeitzugabe"):
        titles = [card.title for card in list_ideas(call, text=words).rows]
        assert "Fußgängerampel mit Zeitzugabe für alle, die länger brauchen" in titles
    assert count(Idea, Idea.is_indexed.is_(False), Idea.state != "draft") == 0


def test_seven_jurors_have_scored_half_of_eight_prototypes():
    hackathon = the_hackathon("lebenswertes-musterstadt")
    assert count(Juror, Juror.hackathon_id == hackathon.id, Juror.accepted_at.is_not(None)) == 7
    states = Counter(ballot.state for ballot in ballots_of(hackathon))
    assert states == {"submitted": 28, "open": 1}
    juror = db.session.scalar(
        select(Juror).where(Juror.hackathon_id == hackathon.id, Juror.person_id == demo_people()[1].id)
    )
    assert count(Ballot, Ballot.juror_id == juror.id, Ballot.state == "submitted") == 4


def test_the_points_of_a_ballot_are_what_its_latest_revision_says():
    for ballot in rows(Ballot):
        saves = rows(BallotRevision, BallotRevision.ballot_id == ballot.id)
        assert sorted(save.number for save in saves) == list(range(1, ballot.revision + 1))
        (latest,) = [save for save in saves if save.number == ballot.revision]
        content = json.loads(latest.content)
        scores = rows(Score, Score.ballot_id == ballot.id)
        assert content["half_points"] == {str(score.criterion_id): score.half_points for score in scores}
        assert (latest.state, content["comment"]) == (ballot.state, ballot.comment)
        assert is_open(ballot.juror.hackathon, "scoring", ballot.changed_at)
        assert ballot.state == "open" or len(scores) == 4


def test_no_answer_has_its_reason():
    (excused,) = rows(Score, Score.half_points.is_(None))
    assert len(excused.excuse) > 20


def test_last_years_result_is_published_and_this_years_is_not():
    (result,) = rows(Result, Result.published_at.is_not(None))
    assert result.hackathon.slug == "gute-nachbarschaft-vorjahr"
    assert result.sha256 == hashlib.sha256(result.protocol.encode()).hexdigest()
    places = [row["place"] for row in json.loads(result.protocol)["figures"]["order"]]
    assert sorted(places) == [1, 2, 3, 4, 5]
    assert len(ballots_of(result.hackathon)) == 25


def test_a_sealed_result_is_on_stage_and_holds_places_back():
    (sealed,) = rows(Result, Result.published_at.is_(None))
    awards, shown = awards_of(read_protocol(sealed)), revealed_of(sealed)
    assert [len(award.steps) - len(award.shown(shown)) for award in awards] == [2, 0]


def test_every_hackathon_has_its_criteria_with_a_sentence_for_each_level():
    for hackathon in rows(Hackathon):
        criteria = rows(Criterion, Criterion.hackathon_id == hackathon.id)
        assert [len(criterion.levels.splitlines()) for criterion in criteria] == [6, 6, 6, 6]
        assert count(JuryRules, JuryRules.hackathon_id == hackathon.id) == 1
