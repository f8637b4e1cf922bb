"""What is stored with events, partners, the city's own pages, other cities and what reaches the city from outside."""

from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.privacy.rules.parts import (
    ACCOUNT,
    ADMINISTRATION,
    CONSENT,
    EVERYBODY,
    ORGANISERS,
    ROLE,
    SECURITY,
    TASK,
    Purpose,
    of,
)

AS_EVENT, AS_PARTNER = _l("as long as the event"), _l("as long as the partner takes part")

ABOUT_EVENTS = (
    Purpose(
        _l("Who signs up for an event: name, address, telephone number, a note"), _l("A place at an event"), CONSENT,
        _l("the organisers and the editors of the event"), _l("30 days after the event; then only the number remains"),
        of("sign_ups: person_id name email phone note language link_hash ticket_code"),
    ),
    Purpose(
        _l("Who typed in a sign-up, and who let somebody in"), _l("Doing things in order"), TASK, ORGANISERS, AS_EVENT,
        of("sign_ups: entered_by_id checked_in_by_id"),
    ),
    Purpose(
        _l("Who answers the telephone for a week"), _l("Doing things in order"), TASK, ORGANISERS, AS_EVENT,
        of("event_helpers: person_id"),
    ),
    Purpose(
        _l("A letter to everybody who comes"), _l("Telling people about their event"), TASK,
        _l("who has a place at the event"), _l("until the mails are written"), of("event_letters: title text"),
    ),
    Purpose(
        _l("Your own plan and the address of your calendar"), _l("Your plan of the week"), CONSENT, _l("only you"),
        ACCOUNT, of("plan_entries: person_id", "calendar_links: person_id secret_hash"),
    ),
    Purpose(
        _l("Events and places, as partners and organisers write them"), _l("The programme of the week"), TASK,
        EVERYBODY, AS_EVENT,
        of(
            "events: title summary description description_html language room track online_url access_notes"
            " sign_up_url cancelled_reason external_id",
            "event_series: title", "venues: title title_folded address access_notes latitude longitude",
        ),
    ),
    Purpose(
        _l("Who proposed an event, questions and answers about it"), _l("Reviewing the programme"), TASK,
        _l("the organisers and the editors of the event"), AS_EVENT,
        of("events: proposed_by_id", "event_messages: person_id text"),
    ),
)  # fmt: skip
ABOUT_PARTNERS = (
    Purpose(
        _l("Partners, as they describe themselves"), _l("Showing who takes part"), TASK, EVERYBODY, AS_PARTNER,
        of("partners: title title_folded summary description description_html website"),
    ),
    Purpose(
        _l("Who writes for a partner, and how organisers reach the partner"), _l("Working together"), TASK, ORGANISERS,
        AS_PARTNER, of("partners: contact", "partner_editors: person_id"),
    ),
)  # fmt: skip
ABOUT_THE_CITY = (
    Purpose(
        _l("Barriers that were reported, and the answers"), _l("Pages that everybody can use"), TASK, ORGANISERS,
        _l("3 years, the address until 30 days after the answer"),
        of("barriers: page text tools email language code_hash answer answered_by_id"),
    ),
    Purpose(
        _l("Objections to what is done with data, and the answers"), _l("Your right under Art. 21 GDPR"), TASK,
        ADMINISTRATION, _l("3 years"),
        of("objections: person_id email language text answer answered_by_id"),
    ),
    Purpose(
        _l("Texts and settings of the city, and who changed them"), _l("The city's own pages"), TASK, EVERYBODY, ROLE,
        of(
            "city_texts: text html changed_by_id", "city_text_versions: text written_by_id",
            "city_settings: value changed_by_id", "glossary_words: word word_folded instead",
        ),
    ),
    Purpose(
        _l("What became of a prototype, as organisers tell it"), _l("Answering to the citizens"), TASK, EVERYBODY,
        _l("as long as the prototype"), of("outcomes: title text url written_by_id"),
    ),
    Purpose(
        _l("Open ideas of other cities, without who gave them"), _l("Learning from each other"), TASK, EVERYBODY,
        _l("as long as the other city shows them"),
        of(
            "foreign_ideas: external_id url licence title text topic", "exchange_sources: title base_url last_error",
        ),
    ),
    Purpose(
        _l("Keys with which a program acts for you, as a check value"), _l("Open interfaces"), SECURITY, _l("only you"),
        _l("until you end them, at most one year"), of("api_tokens: person_id name scopes secret_hash"),
    ),
)  # fmt: skip
