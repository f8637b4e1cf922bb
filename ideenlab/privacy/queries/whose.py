"""Whose a row is, table by table: how everything of a person is found without asking each feature.

A test insists that every table that can hold something of a person stands here, or below with the reason why no row
of it is anybody's. Who only handled what is somebody else's (typed it in, decided it) is found without any list.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class By:
    """The row names the person with this number."""

    column: str = "person_id"


@dataclass(frozen=True)
class Addressed:
    """The row holds the address of the person."""

    column: str


@dataclass(frozen=True)
class Under:
    """The row belongs to the one that this column points to."""

    column: str


@dataclass(frozen=True)
class Shared:
    """Rows of `table` that are the person's point here: a team by its members."""

    table: str
    column: str


Way = By | Addressed | Under | Shared
PERSON, AUTHOR = (By(),), (By("author_id"),)

WHOSE: dict[str, tuple[Way, ...]] = {
    "people": (By("id"),),
    "roles": PERSON, "sign_ins": PERSON, "tokens": PERSON, "recovery_codes": PERSON,
    "follows": PERSON, "mail_preferences": PERSON, "notices": PERSON, "mails": (Addressed("recipient"),),
    "files": (By("owner_id"),), "history": (By("actor_id"),),
    "ideas": AUTHOR, "idea_versions": (Under("idea_id"),), "idea_images": (Under("idea_id"),),
    "idea_tags": (Under("idea_id"),), "idea_claims": (By(), Addressed("address")), "co_authors": PERSON,
    "threads": (Shared("ideas", "thread_id"),),
    "comments": AUTHOR, "comment_versions": (Under("comment_id"),), "comment_votes": PERSON,
    "supports": PERSON, "budgets": PERSON, "merges": (By("proposed_by_id"),), "merged_ideas": (Under("idea_id"),),
    "answers": (By("written_by_id"),), "answer_versions": (Under("answer_id"),), "offices": (Addressed("email"),),
    "reports": (Addressed("email"),), "measures": PERSON, "appeals": (Under("measure_id"),),
    "station_cards": (Addressed("address"),), "station_helpers": PERSON,
    "registrations": PERSON, "registration_groups": (By("teacher_id"),),
    "registration_answers": (Under("registration_id"),), "consents": (Under("registration_id"),),
    "friend_wishes": (Under("registration_id"),), "challenge_wishes": (Under("registration_id"),),
    "assignment_seats": (Under("registration_id"),), "check_in_helpers": PERSON, "event_helpers": PERSON,
    "announcements": (By("announced_by_id"),), "mentors": PERSON, "help_requests": (By("asked_by_id"),),
    "memberships": PERSON, "teams": (Shared("memberships", "team_id"),), "team_links": (By("added_by_id"),),
    "team_approaches": (By(), Addressed("email")), "board_notices": PERSON,
    "prototypes": (Under("team_id"),), "hand_ins": (Under("prototype_id"),), "screenshots": (Under("prototype_id"),),
    "late_permits": (By("given_by_id"),), "after_notes": (By("written_by_id"),), "audience_codes": PERSON,
    "jurors": PERSON, "jury_assignments": (Under("juror_id"),), "calibration_scores": (Under("juror_id"),),
    "ballots": (Under("juror_id"),), "scores": (Under("ballot_id"),), "ballot_revisions": (Under("ballot_id"),),
    "paper_ballots": (Under("juror_id"),), "recusals": (Under("juror_id"),), "jury_rounds": (By("opened_by_id"),),
    "minutes": (By("written_by_id"),), "withheld_texts": (By("withheld_by_id"),), "fits": PERSON,
    "sign_ups": (By(), Addressed("email")), "plan_entries": PERSON, "calendar_links": PERSON,
    "event_messages": PERSON, "partner_editors": PERSON, "api_tokens": PERSON,
    "barriers": (Addressed("email"),), "objections": (By(), Addressed("email")),
}  # fmt: skip

_OF_A_FILE = "sizes and places of what stands in `files`"
_OF_THE_CITY = "a decision or a text of the city; who took part in it is found by number"
_COUNTED = "numbers about something public"
_OF_A_PARTNER = "what an organisation says in public; who wrote it is found by number"
NOBODYS = {
    "failed_tries": "kept for a day under a check value; whoever tried need not be the owner of the account",
    "moderation_cases": _OF_THE_CITY, "assignments": _OF_THE_CITY, "audience_prizes": _OF_THE_CITY,
    "deliberations": _OF_THE_CITY, "feedback": _OF_THE_CITY, "results": _OF_THE_CITY, "dot_counts": _OF_THE_CITY,
    "challenges": _OF_THE_CITY, "jury_round_prototypes": _OF_THE_CITY, "pitches": _OF_THE_CITY,
    "idea_appearances": _COUNTED, "likely_duplicates": _COUNTED, "off_wall": _COUNTED, "audience_counts": _COUNTED,
    "idea_image_sizes": _OF_A_FILE, "screenshot_sizes": _OF_A_FILE, "prototype_files": _OF_A_FILE,
    "challenge_files": _OF_A_FILE, "prototype_challenges": _COUNTED, "trail_hops": _COUNTED,
    "events": _OF_A_PARTNER, "event_letters": _OF_A_PARTNER,
    "event_series": _OF_A_PARTNER, "venues": _OF_A_PARTNER, "partners": _OF_A_PARTNER,
    "city_settings": _OF_THE_CITY, "city_texts": _OF_THE_CITY, "city_text_versions": _OF_THE_CITY,
    "glossary_words": _OF_THE_CITY, "outcomes": _OF_THE_CITY,
    "exchange_sources": "an address of another city", "foreign_ideas": "of another city, without who gave them",
}  # fmt: skip
