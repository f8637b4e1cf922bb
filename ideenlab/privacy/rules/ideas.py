"""What is stored with ideas, comments, supports, and at the stations."""

from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.privacy.rules.parts import (
    CONSENT,
    EVERYBODY,
    IDEA,
    NOBODY,
    ROLE,
    SENSITIVE,
    STAFF_ONLY,
    TASK,
    Purpose,
    of,
)

ABOUT_IDEAS = (
    Purpose(
        _l("Ideas, with their place, pictures and older versions"), _l("Public discussion"), CONSENT, EVERYBODY,
        _l("until you withdraw them; the discussion stays readable"),
        of(
            "ideas: author_id place latitude longitude label title text text_html excerpt source_url external_id",
            "idea_versions: title text place latitude longitude", "idea_images: alt", "files: owner_id name",
        ),
    ),
    Purpose(
        _l("Drafts of ideas"), _l("Writing in peace"), CONSENT, _l("you, and those you ask to write along"),
        _l("90 days after the last change; we tell you 14 days before"), (),
    ),
    Purpose(
        _l("Address given with an idea, without an account"), _l("Asking whether the idea is yours"), CONSENT, NOBODY,
        _l("until you press the button in the mail, at most 7 days"),
        of("idea_claims: address person_id secret_hash language"),
    ),
    Purpose(
        _l("Who typed in an idea for somebody, and the printed code as a check value"),
        _l("Ideas from paper and telephone"), TASK, STAFF_ONLY, IDEA, of("ideas: entered_by_id code_hash"),
    ),
    Purpose(
        _l("Who is asked to write along"), _l("Writing an idea together"), CONSENT,
        _l("the author; everybody only after a yes"), IDEA, of("co_authors: person_id"),
    ),
    Purpose(
        _l("Comments, with their older versions"), _l("Public discussion"), CONSENT, EVERYBODY,
        _l("until you withdraw them; the discussion stays readable"),
        of("comments: author_id text text_html", "comment_versions: text"),
    ),
    Purpose(
        _l("Supports, votes and points"), _l("Counting; where a call has an opinion map, finding large groups"),
        SENSITIVE, _l("nobody; only numbers are public, and groups of at least ten people"),
        _l("until you take them back, else as long as the idea"),
        of("supports: person_id", "budgets: person_id", "comment_votes: person_id"),
    ),
    Purpose(
        _l("Who proposed to join ideas, why, and what the authors answered"), _l("Joining ideas only with consent"),
        TASK, _l("the authors and the people who work here; the reason is public"), IDEA,
        of("merges: proposed_by_id ended_by_id reason end_reason", "merged_ideas: answer"),
    ),
    Purpose(
        _l("Answers of the city: the name below them, who wrote them and whom they are assigned to"),
        _l("An answer to every idea"), TASK, _l("the name below: everybody; the rest: the people who work here"), IDEA,
        of(
            "answers: signed text text_html written_by_id assigned_to_id withdrawn_reason",
            "answer_versions: signed text text_html", "offices: name name_folded email",
        ),
    ),
)  # fmt: skip


ABOUT_STATIONS = (
    Purpose(
        _l("Idea cards from the hall, with an address if one stands on the card"), _l("Typing in ideas from paper"),
        CONSENT, _l("those who help at the station"), _l("until the card is checked"),
        of("station_cards: title text address code_hash"),
    ),
    Purpose(
        _l("Who helps at a station, and who typed in and checked cards and dots"),
        _l("Two people sign for every count"), TASK, STAFF_ONLY, ROLE,
        of(
            "station_helpers: person_id", "station_cards: entered_by_id checked_by_id",
            "dot_counts: entered_by_id checked_by_id",
        ),
    ),
)  # fmt: skip
