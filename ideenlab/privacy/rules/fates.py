"""What becomes of each row of somebody who is erased. Rows are found by WHOSE, as for "my data".

Every table of WHOSE stands here once; a test insists. Whatever still names the person afterwards is taken away by the
reference itself: emptied where a row may do without, else put on a row without name, address or anything else.
"""

from dataclasses import dataclass, field
from typing import Any

WAYS = ("everything", "nameless")


@dataclass(frozen=True)
class Goes:
    """The rows are deleted."""


@dataclass(frozen=True)
class Emptied:
    """The rows stay, because something else counts on them; these columns are emptied.

    `words` are emptied only where everything goes: without a name they may stay.
    """

    values: dict[str, Any] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Counted:
    """The rows stay with a row that nothing else points to: every number stays true, and nobody is behind it."""


@dataclass(frozen=True)
class Stays:
    """Nothing in the rows is the person's alone: only who it was is taken away."""


@dataclass(frozen=True)
class Apart:
    """Written out in `privacy/actions`."""


GOES, COUNTED, STAYS, APART = Goes(), Counted(), Stays(), Apart()


def _blank(*names: str) -> dict[str, Any]:
    return dict.fromkeys(names, "")


FATES: dict[str, Goes | Emptied | Counted | Stays | Apart] = {
    "people": APART, "ideas": APART, "comments": APART, "files": APART, "co_authors": APART, "threads": STAYS,
    "idea_images": APART, "ballot_revisions": APART, "paper_ballots": APART, "history": APART,
    "roles": GOES, "sign_ins": GOES, "tokens": GOES, "recovery_codes": GOES, "api_tokens": GOES,
    "follows": GOES, "mail_preferences": GOES, "notices": GOES, "mails": GOES, "idea_claims": GOES,
    "idea_versions": GOES, "idea_tags": STAYS, "comment_versions": GOES, "station_cards": GOES,
    "station_helpers": GOES, "check_in_helpers": GOES, "event_helpers": GOES, "plan_entries": GOES,
    "calendar_links": GOES, "partner_editors": GOES, "registration_answers": GOES, "consents": GOES,
    "friend_wishes": GOES,
    "challenge_wishes": GOES, "board_notices": GOES, "team_approaches": GOES,
    "supports": COUNTED, "comment_votes": COUNTED, "budgets": COUNTED, "fits": COUNTED, "audience_codes": COUNTED,
    "merges": STAYS, "merged_ideas": STAYS, "announcements": STAYS, "team_links": STAYS, "late_permits": STAYS,
    "after_notes": STAYS, "jury_rounds": STAYS, "minutes": STAYS, "withheld_texts": STAYS,
    "jury_assignments": STAYS, "calibration_scores": STAYS,
    "teams": STAYS, "prototypes": STAYS, "hand_ins": STAYS, "screenshots": STAYS,  # made by a team together
    "answers": Emptied(_blank("signed")), "answer_versions": Emptied(_blank("signed")),  # the city said it
    "offices": Emptied({"email": None}),
    "reports": Emptied({"email": None} | _blank("text")),
    "measures": Emptied(_blank("reason")), "appeals": Emptied(_blank("text", "reason")),
    "barriers": Emptied({"email": None} | _blank("text", "tools", "answer")),
    "objections": Emptied({"email": None} | _blank("text", "answer")),
    "registrations": Emptied(
        {"guardian_email": None, "ticket_code": None}
        | _blank("skills", "wishes", "legal_name", "diet", "access_needs", "guardian_name", "decision_reason")
    ),
    "registration_groups": Emptied(_blank("name")), "assignment_seats": Emptied({"reasons": "[]"}),
    "sign_ups": Emptied({"email": None, "ticket_code": None, "link_hash": None} | _blank("name", "phone", "note")),
    "event_messages": Emptied(_blank("text")),
    "mentors": Emptied(_blank("expertise")), "help_requests": Emptied(_blank("text", "place")),
    "memberships": Emptied(_blank("role", "shown_name")),
    "jurors": Emptied({"invitation_hash": None, "code_hash": None, "is_shown": False} | _blank("organisation",
                                                                                              "profile")),
    "ballots": Emptied(_blank("note"), _blank("strength", "second_strength", "next_step", "comment")),
    "scores": Emptied({}, {}),
    "recusals": Emptied(_blank("reason")),
}  # fmt: skip
