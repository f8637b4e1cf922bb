"""Nothing is stored about people that the privacy notice does not name."""

from collections import Counter

from sqlalchemy import String, Text

from ideenlab.core.db import Model
from ideenlab.privacy.rules import PURPOSES

NAMED = Counter(column for _section, purposes in PURPOSES for purpose in purposes for column in purpose.columns)

# Words that the city itself writes or that stand for something else, table by table
OF_THE_CITY = {
    "agenda_items", "announcements", "calibrations", "calls", "challenges", "criteria", "districts", "editions",
    "hackathons", "jury_rules", "jury_rules_versions", "moderation_words", "prizes", "registration_questions",
    "stations", "statuses", "tags", "topics",
}  # fmt: skip
DERIVED = {"search_grams", "search_gram_counts", "search_terms"}  # the words of published ideas, without who wrote them
# One word of a fixed list, a key, an address of our own or a check value: nothing that anybody typed
TECHNICAL = {
    "audience", "circle", "deed", "key", "kind", "media_type", "once_key", "open_key", "origin", "outcome", "pace",
    "part", "purpose", "save_id", "sha256", "slug", "source", "stance", "state", "thing", "way",
}  # fmt: skip
HARMLESS = {
    "job_runs.fault",
    "job_runs.name",  # of a job of the worker, and the kind of its fault
    "audience_codes.code_hash",  # on paper, given to nobody in particular
    "kiosks.secret_hash",  # of a device in the hall
    "city_settings.name",
    "city_texts.language",
    "city_texts.name",
    "events.format",
    "events.sign_up",  # one word of a fixed list each
    "opinion_maps.content",  # shares of groups of ten and more
    "audience_prizes.protocol",
    "audience_prizes.title",  # numbers of prototypes, and the name of a prize
    "moderation_cases.reason",
    "reports.reason",  # one of the six of the form
    "pitch_plans.rooms",
    "pitch_plans.seed",
    "pitches.room",  # of the building
    "roles.name",  # one of a fixed list
}


def may_hold_something_of_a_person(column):
    """Every text, every place on a map, and every reference to somebody."""
    of_people = any(key.column.table.name == "people" for key in column.foreign_keys)
    if of_people or column.name in ("actor_id", "owner_id", "latitude", "longitude"):
        return True
    if column.table.name in OF_THE_CITY | DERIVED or column.name in TECHNICAL:
        return False
    return isinstance(column.type, String | Text)


def columns():
    return {
        f"{table.name}.{column.name}": column for table in Model.metadata.tables.values() for column in table.columns
    }


def test_every_column_that_can_hold_something_of_a_person_has_a_purpose(app):
    personal = {name for name, column in columns().items() if may_hold_something_of_a_person(column)}
    missing = sorted(personal - set(NAMED) - HARMLESS)
    assert missing == [], "name them in ideenlab/privacy/rules, or here with the reason why they hold nothing"


def test_the_table_names_only_what_is_there_and_each_once(app):
    assert sorted(set(NAMED) - set(columns())) == []
    assert [name for name, times in NAMED.items() if times > 1] == []
    assert sorted(HARMLESS - set(columns())) == []


def test_every_purpose_says_everything(app):
    for _section, purposes in PURPOSES:
        for purpose in purposes:
            said = (purpose.what, purpose.why, purpose.basis, purpose.seen_by, purpose.kept)
            assert all(str(sentence).strip() for sentence in said)


def test_the_notice_is_made_from_the_table(client):
    page = client.get("/datenschutz").text
    for section, purposes in PURPOSES:
        assert str(section) in page
        assert [str(each.what) for each in purposes if str(each.what) not in page] == []
