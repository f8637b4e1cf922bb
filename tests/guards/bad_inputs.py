"""The table of bad inputs, by number: what it is, what is typed, and what must happen.

`REFUSED`: 422, the sentence stands at the field, nothing is stored. `KEPT`: stored in this form and shown inert.
`DRIVEN` is filled by `@drives(...)` for what is no text in a field. `HELD` names a test of one feature that already
sends exactly this. `NOT_HERE` says why no form of today can meet a row.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

MISSING = "Bitte füllen Sie dieses Feld aus."
NO_ADDRESS = "Bitte geben Sie eine E-Mail-Adresse ein"
NO_DAY = "Diesen Tag gibt es nicht."
NO_YEAR = "Das Jahr muss von 2000 bis 2100 sein."


class Refused(NamedTuple):
    number: int
    what: str
    kinds: tuple[str, ...]
    typed: str
    says: str = ""  # part of the sentence at the field; several forms may say it in their own words
    typed_by_kind: dict[str, str] = {}  # noqa: RUF012

    def value(self, kind: str) -> str:
        return self.typed_by_kind.get(kind, self.typed)


class Kept(NamedTuple):
    number: int
    what: str
    typed: str
    line: str  # as a one-line field keeps it
    text: str  # as a field of several lines keeps it


EMPTY = "Bitte "  # "Bitte füllen Sie …", "Bitte geben Sie ein Pseudonym ein."
REFUSED = [
    *(Refused(1, "nothing, or only blanks", ("line", "text"), typed, EMPTY) for typed in ("", " ", "\t \n", "\u00a0")),
    *(
        Refused(2, "only what cannot be seen", ("line", "text"), typed, EMPTY)
        for typed in ("\u200b", "\ufeff", "\u00ad", "\u2800", "\u3164", "\u200b\ufeff\u00ad\u2800\u3164")
    ),
    *(
        Refused(23, "no address", ("email",), typed, NO_ADDRESS)
        for typed in ("a@b", "@x.de", "a@@x.de", "a b@x.de", "a@x..de")
    ),
    Refused(24, "a longer address than there is", ("email",), "a" * 400 + "@x.de", "Bitte höchstens 254 Zeichen."),
    Refused(25, "a second line in an address", ("email",), "a@x.de\r\nBcc: v@y.de", NO_ADDRESS),
    Refused(25, "a second line, encoded", ("email",), "a@x.de%0aCc:v@y.de", NO_ADDRESS),
    Refused(26, "a quoted name", ("email",), '"a\\"b"@x.de', NO_ADDRESS),
    Refused(26, "a number for a host", ("email",), "a@[127.0.0.1]", NO_ADDRESS),
    Refused(27, "two addresses", ("email",), "a@x.de,b@y.de", NO_ADDRESS),
    Refused(27, "two addresses", ("email",), "a@x.de;b@y.de", NO_ADDRESS),
    Refused(28, "a name before the address", ("email",), "Name <a@x.de>", NO_ADDRESS),
    Refused(29, "a mailbox in another alphabet", ("email",), "例え@テスト", NO_ADDRESS),
    *(
        Refused(56, "no address of a page", ("link",), typed, "https://")
        for typed in ("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd",
                      "ftp://x.de/", "//x.de/", "http:/x.de")
    ),
    Refused(57, "an endless address", ("link",), "https://x.de/" + "x" * 5000, "Bitte höchstens 500 Zeichen."),
    Refused(58, "another host than it seems", ("link",), "https://good.de@evil.de/", "Passwort"),
    *(
        Refused(60, "an address only we can reach", ("link",), typed)
        for typed in ("http://localhost/", "http://127.0.0.1/", "http://[::1]/")
    ),
    *(
        Refused(74, "a number out of its range", ("number",), typed, "Zahl")
        for typed in ("0", "-1", "1000000000", "1.5", "1e3", "abc", "1_000", "١٢", "9" * 30, "9" * 5000, "NaN")
    ),
    *(
        Refused(77, "a day that is none", ("moment", "day"), f"{day}T10:00", says, {"day": day})
        for day, says in (("2027-02-29", NO_DAY), ("31.04.2027", NO_DAY), ("2027-13-01", NO_DAY))
    ),
    Refused(77, "an hour that is none", ("moment",), "2027-01-01T24:00", "Diese Uhrzeit gibt es nicht."),
    Refused(79, "a time the clock skips", ("moment",), "2027-03-28T02:30", "Die nächste ist 03:00."),
    Refused(80, "a time that comes twice", ("moment",), "2027-10-31T02:30", "Diese Uhrzeit gibt es zweimal."),
    *(
        Refused(81, "a year far away", ("moment", "day"), f"{year}-01-01T10:00", NO_YEAR, {"day": f"{year}-01-01"})
        for year in ("0001", "9999", "10000")
    ),
    Refused(81, "a year before Christ", ("moment", "day"), "-2027-01-01T10:00", "Bitte geben Sie das Datum so an",
            {"day": "-2027-01-01"}),
]  # fmt: skip


def _as_is(number: int, what: str, *typed: str) -> list[Kept]:
    return [Kept(number, what, one, one, one) for one in typed]


KEPT = [
    *_as_is(6, "script and handlers", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'),
    *_as_is(7, "placeholders of every kind", "{{7*7}} ${7*7} {0.__class__} %s%n", "{% raw %}{# x #}"),
    *_as_is(8, "formulas", "=1+1", "@SUM(A1)", "-2+3", "+49 541 1"),
    *_as_is(9, "names with signs", "O'Brien", "Müller-Lüdenscheidt", "Ñ ﬁ ẞ"),
    *_as_is(10, "Arabic and Hebrew", "שלום مرحبا"),
    Kept(10, "letters turned round", "\u202egnp.exe \u2066x\u2069", "gnp.exe x", "gnp.exe x"),
    Kept(11, "a tower of marks", "Z" + "\u0301" * 200 + "algo", "Ź\u0301\u0301\u0301\u0301algo",
         "Ź\u0301\u0301\u0301\u0301algo"),
    *_as_is(12, "families and flags", "👩\u200d👩\u200d👧\u200d👦", "🇩🇪 🇩🇪"),
    Kept(13, "NUL", "eins\x00zwei", "einszwei", "einszwei"),
    Kept(14, "control characters", "a\x01\x07\x1f\x7fb", "ab", "ab"),
    Kept(14, "line ends of other alphabets", "a\u2028b\u2029c", "a b c", "a\nb\nc"),
    Kept(16, "é in two ways", "e\u0301", "é", "é"),
    *_as_is(17, "a Cyrillic letter among Latin ones", "Bаnk"),
    *_as_is(18, "words with a meaning for machines", "null undefined", "admin .. api neu"),
    Kept(21, "a second line", "eins\nzwei\r\ndrei", "eins zwei drei", "eins\nzwei\ndrei"),
    *_as_is(22, "paths", "../../etc/passwd", "C:\\x", "%2e%2e%2f"),
    *_as_is(41, "HTML", "<svg/onload=alert(1)>", "<math><mtext></math>", "<template><b>", "<noscript><p>"),
    *_as_is(42, "addresses that run", "[x](javascript:alert(1))", "[y](JaVaScRiPt:a)", "[z](data:text/html,x)",
            "[u](&#106;avascript:x)"),
    *_as_is(43, "a picture from elsewhere", "![x](http://127.0.0.1/)", "<img src=//evil>"),
    Kept(49, "line ends mixed", "1\r\n2\r3\n4", "1 2 3 4", "1\n2\n3\n4"),
    Kept(54, "text from a word processor", "„so“\u000bund – so\u00ad weiter", "„so“ und – so weiter",
         "„so“\nund – so weiter"),
]  # fmt: skip

HELD = {
    29: "tests/core/test_text_addresses.py::test_one_address_is_kept_in_one_form",
    30: "tests/core/test_text_addresses.py::test_one_address_is_kept_in_one_form",
    33: "tests/accounts/test_views_sign_up.py::test_signing_up_never_tells_who_has_an_account",
    35: "tests/accounts/test_views_sign_in.py::test_an_endless_password_is_refused_before_hashing",
    37: "tests/core/test_passwords.py::test_easy_passwords_are_seen",
    39: "tests/accounts/test_views_profile.py::test_a_link_of_another_purpose_does_not_work",
    44: "tests/ideas/test_views_hostile.py::test_no_text_keeps_the_page_waiting",
    45: "tests/ideas/test_views_hostile.py::test_no_text_keeps_the_page_waiting",
    46: "tests/ideas/test_views_hostile.py::test_no_text_keeps_the_page_waiting",
    47: "tests/ideas/test_views_hostile.py::test_no_text_keeps_the_page_waiting",
    50: "tests/ideas/test_views_hostile.py::test_a_comment_cannot_answer_on_another_idea_or_what_is_gone",
    52: "tests/ideas/test_views_hostile.py::test_a_double_click_on_a_comment_leads_to_the_one_that_is_there",
    55: "tests/ideas/test_views.py::test_what_a_phase_forbids_is_refused_with_its_dates",
    59: "tests/prototypes/test_rules.py::test_a_look_alike_host_is_shown_as_what_it_is",
    61: "tests/accounts/test_views_sign_in.py::test_nobody_is_sent_to_another_host_after_signing_in",
    62: "tests/accounts/test_views_sign_in.py::test_nobody_is_sent_to_another_host_after_signing_in",
    71: "tests/jury/test_views.py::test_points_off_the_scale_are_never_stored",
    72: "tests/jury/test_views.py::test_a_criterion_of_another_hackathon_is_refused",
    73: "tests/jury/test_manage.py::test_a_weight_that_is_none_is_refused_at_its_field",
    82: "tests/hackathons/test_manage.py::test_a_time_with_an_offset_is_shown_in_the_citys_time",
    83: "tests/core/test_config.py::test_a_fault_is_one_clear_line",
    84: "tests/hackathons/test_manage.py::test_a_running_deadline_is_ended_only_on_a_second_look",
    85: "tests/jury/test_manage.py::test_after_the_first_ballot_every_door_to_the_rules_is_closed",
    87: "tests/prototypes/test_views_uploads.py::test_a_piece_that_is_too_large_is_answered_413",
    97: "tests/files/test_actions.py::test_place_and_camera_are_removed_and_what_was_up_stays_up",
    101: "tests/prototypes/test_views.py::test_a_file_is_only_ever_given_out_to_be_saved",
    103: "tests/prototypes/test_views_uploads.py::test_an_upload_that_is_cut_goes_on_where_it_stopped",
    104: "tests/prototypes/test_views_uploads.py::test_an_upload_belongs_to_who_began_it",
    107: "tests/guards/test_promises.py::test_nothing_changes_without_a_token",
    109: "tests/prototypes/test_views_uploads.py::test_an_upload_that_makes_no_sense_is_answered_400",
    116: "tests/prototypes/test_views.py::test_fields_that_nobody_sees_cannot_be_set",
    117: "tests/jury/test_views.py::test_an_older_page_shows_both_versions",
}
NOT_HERE = {
    32: "no rule blocks addresses of some hosts",
    48: "how a long word wraps is looked at in a browser: tests/journeys/test_look.py holds every page to 320 px",
    99: "neither xlsx nor docx is taken; B89 sends both",
    100: "there is no scanner; what may be uploaded is decided by content (B90)",
}
DRIVEN: dict[int, list[str]] = {}


def drives(*numbers: int) -> Callable[[Any], Any]:
    """This test sends these rows."""

    def mark(test: Any) -> Any:
        for number in numbers:
            DRIVEN.setdefault(number, []).append(test.__name__)
        return test

    return mark
