"""What is stored of those who take part in a hackathon."""

from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.privacy.rules.parts import (
    CONSENT,
    DAYS_AFTER,
    EDITION,
    IDEA,
    NOBODY,
    ORGANISERS,
    ROLE,
    SENSITIVE,
    TASK,
    Purpose,
    of,
)

ABOUT_HACKATHONS = (
    Purpose(
        _l("Registration: skills, wishes, state and check-in"), _l("Running the hackathon"), CONSENT, ORGANISERS,
        EDITION,
        of(
            "registrations: person_id skills wishes ticket_code decided_by_id decision_reason checked_in_by_id",
            "registration_groups: teacher_id name",
        ),
    ),
    Purpose(
        _l("Name for the list of participants, answers to questions, and the parent or guardian under 18"),
        _l("Running the hackathon"), CONSENT, ORGANISERS, DAYS_AFTER,
        of(
            "registrations: legal_name guardian_name guardian_email", "registration_answers: text",
            "people: registered_by_id",
        ),
    ),
    Purpose(
        _l("What you eat, and what you need to take part"), _l("Food and access for everybody"), SENSITIVE, ORGANISERS,
        DAYS_AFTER, of("registrations: diet access_needs"),
    ),
    Purpose(
        _l("Consents, with their words and time"), _l("Proof, and taking them back"), TASK, ORGANISERS, EDITION,
        of("consents: text recorded_by_id"),
    ),
    Purpose(
        _l("Teams: members, roles, invitations, notices on the board"), _l("Finding each other and working together"),
        CONSENT, _l("the team; what you put on the board: all who take part"), EDITION,
        of(
            "memberships: person_id role shown_name",
            "teams: lead_id name name_folded hidden_name about hidden_about code",
            "team_approaches: person_id email secret_hash sentence role made_by_id decided_by_id",
            "team_links: title url added_by_id", "board_notices: person_id text skills skills_folded",
        ),
    ),
    Purpose(
        _l("Prototypes with their versions, pictures and files"), _l("What teams hand in and show"), CONSENT,
        _l("team, jury and organisers; the public after publication"), EDITION,
        of(
            "prototypes: title pitch description code_url demo_url video_url licence prior_work ai_use",
            "hand_ins: handed_in_by_id title content description_html", "screenshots: alt",
        ),
    ),
    Purpose(
        _l("Jurors: name and organisation, points, comments and private notes"),
        _l("A fair result that can be checked"), TASK, _l("organisers; comments: the team"), EDITION,
        of(
            "jurors: person_id name organisation invitation_hash code_hash", "ballots: comment note",
            "ballots: strength second_strength next_step", "ballot_revisions: content", "scores: excuse",
            "results: published_by_id protocol withdrawn_by_id withdrawal_reason", "jury_rounds: reason opened_by_id",
            "paper_ballots: content checked_content typed_by_id checked_by_id",
        ),
    ),
    Purpose(
        _l("What a juror says about themself"), _l("People know who decides"), CONSENT, _l("everybody"), EDITION,
        of("jurors: profile"),
    ),
    Purpose(
        _l("With which teams a juror is not impartial, and why"), _l("A fair result that can be checked"), TASK,
        _l("the juror and organisers"), EDITION, of("recusals: reason decided_by_id"),
    ),
    Purpose(
        _l("What the jury said in its deliberation, and who wrote it down"), _l("A fair result that can be checked"),
        TASK, _l("jury and organisers"), EDITION, of("deliberations: opened_by_id", "minutes: text written_by_id"),
    ),
    Purpose(
        _l("Whether you say that a prototype meets your idea"), _l("Ideas get an honest answer"), CONSENT,
        _l("everybody sees the numbers, nobody who said what"), EDITION, of("fits: person_id meets_it"),
    ),
    Purpose(
        _l("Who let feedback go to a team, and what was kept back"), _l("A fair result that can be checked"), TASK,
        ORGANISERS, EDITION, of("feedback: released_by_id", "withheld_texts: reason withheld_by_id"),
    ),
    Purpose(
        _l("With whom you want to work, and the proposed seat with your answer"), _l("A team for everybody"), CONSENT,
        ORGANISERS, EDITION, of("friend_wishes: friend_id", "assignment_seats: reasons answer"),
    ),
    Purpose(
        _l("Mentors and requests for help"), _l("Help during the hackathon"), CONSENT, _l("all who take part"), EDITION,
        of("mentors: person_id expertise", "help_requests: asked_by_id text place", "check_in_helpers: person_id"),
    ),
    Purpose(
        _l("That you took part in the vote for the audience prize, never for whom"), _l("One vote for each person"),
        SENSITIVE, NOBODY, EDITION, of("audience_codes: person_id"),
    ),
    Purpose(
        _l("What became of a prototype, and who wrote it down"), _l("What came of it"), TASK,
        _l("the text: everybody; who wrote it: the people who work here"), IDEA,
        of("after_notes: text text_html written_by_id"),
    ),
    Purpose(
        _l("Who gave permission, announced something or decided for a hackathon"),
        _l("So that decisions can be followed"), TASK, ORGANISERS, ROLE,
        of(
            "announcements: announced_by_id", "assignments: made_by_id", "late_permits: given_by_id reason",
            "audience_prizes: released_by_id",
        ),
    ),
)  # fmt: skip
