"""The log in words: what an entry is about, and what was done. What has no word here stands there as it is kept."""

from ideenlab.core.i18n import lazy_gettext as _l

# The first part of a deed
AREAS = {
    "accounts": _l("Accounts"), "answers": _l("Answers"), "archives": _l("After the hackathon"),
    "assignments": _l("Assignment to teams"), "audience": _l("Audience prize"), "barriers": _l("Barriers"),
    "calls": _l("Calls for ideas"), "challenges": _l("Challenges"), "city": _l("City"), "comments": _l("Comments"),
    "deliberations": _l("Deliberation of the jury"), "districts": _l("Districts"), "editions": _l("Editions"),
    "events": _l("Events"), "exchange": _l("Exchange"), "feedback": _l("Feedback for teams"),
    "hackathons": _l("Hackathons"), "ideas": _l("Ideas"), "jury": _l("Jury"), "mails": _l("Mails"),
    "mentors": _l("Mentors"), "merges": _l("Joined ideas"), "moderation": _l("Moderation"), "offices": _l("Offices"),
    "partners": _l("Partners"), "pitches": _l("Pitches"), "privacy": _l("Data protection"),
    "prototypes": _l("Prototypes"), "rehearsals": _l("Rehearsal"), "stations": _l("Stations"),
    "statuses": _l("Statuses"), "tags": _l("Tags"), "teams": _l("Teams"), "texts": _l("Texts"),
    "trails": _l("What became of ideas"), "venues": _l("Venues"),
}  # fmt: skip
# The second part
DONE = {
    "accepted": _l("accepted"), "added": _l("added"), "address_changed": _l("address changed"),
    "agenda_added": _l("agenda: item added"), "agenda_edited": _l("agenda: item changed"),
    "agenda_removed": _l("agenda: item removed"), "agreed": _l("agreed"), "all_retried": _l("all sent again"),
    "all_signed_out": _l("everybody signed out"), "announced": _l("announced"), "answered": _l("answered"),
    "appealed": _l("appealed"), "appeal_overturned": _l("appeal: measure taken back"),
    "appeal_upheld": _l("appeal: measure stands"), "approved": _l("approved"), "archived": _l("archived"),
    "asked": _l("asked"), "asked_back": _l("asked back"), "assigned": _l("assigned"),
    "ballot_confirmed": _l("ballot confirmed"), "ballot_reopened": _l("ballot opened again"),
    "ballot_submitted": _l("ballot submitted"), "blackened": _l("blackened"), "cancelled": _l("called off"),
    "card_printed": _l("card printed"), "changed": _l("changed"), "checked_in": _l("checked in"),
    "check_in_undone": _l("check-in undone"), "cloned": _l("cloned"), "closed": _l("closed"),
    "confirmed": _l("confirmed"), "copied": _l("copied"), "corrected": _l("corrected"), "created": _l("created"),
    "criterion_added": _l("criterion added"), "criterion_edited": _l("criterion changed"),
    "criterion_removed": _l("criterion removed"), "data_taken": _l("data downloaded"), "date_moved": _l("date moved"),
    "declined": _l("declined"), "deleted": _l("deleted"), "discarded": _l("discarded"), "dissolved": _l("dissolved"),
    "drafted": _l("drafted"), "duplicated": _l("duplicated"), "edited": _l("changed"),
    "editor_ended": _l("editor removed"), "editor_named": _l("editor named"), "ended": _l("brought to an end"),
    "entered": _l("entered for somebody"), "erased": _l("account erased"), "expired": _l("expired"),
    "file_added": _l("file added"), "file_removed": _l("file removed"), "founded": _l("founded"),
    "gallery_closed": _l("gallery closed"), "gallery_opened": _l("gallery opened"), "given_back": _l("given back"),
    "handed_in": _l("handed in"), "hidden": _l("hidden"), "imported": _l("read in"), "informed": _l("informed"),
    "invited": _l("invited"), "joined": _l("joined the team"), "juror_invited": _l("juror invited"),
    "juror_removed": _l("juror removed"), "key_ended": _l("key ended"), "key_made": _l("key made"),
    "late_permit_given": _l("extra time given"), "late_permit_ended": _l("extra time ended"), "left": _l("left"),
    "locked": _l("locked"), "logo_removed": _l("logo removed"), "logo_set": _l("logo set"), "made": _l("made"),
    "mail_changed": _l("mail changed"), "merged": _l("joined"), "moved": _l("moved"), "named": _l("named"),
    "name_hidden": _l("name removed"), "no_show": _l("did not come"), "objected": _l("objected"),
    "offered": _l("place offered"), "opened": _l("opened"), "outcome_edited": _l("outcome changed"),
    "outcome_told": _l("outcome told"), "outcome_withdrawn": _l("outcome withdrawn"),
    "page_changed": _l("page changed"), "part_ended": _l("taken out of the week"),
    "part_set": _l("takes part in the week"), "password_changed": _l("password changed"),
    "place_offered": _l("place offered"), "planned": _l("planned"), "drawn": _l("drawn by lot"),
    "profile_changed": _l("profile changed"), "proposed": _l("proposed"), "published": _l("published"),
    "put_aside": _l("put aside"), "refused": _l("refused"), "registered": _l("registered"),
    "released": _l("released"), "reminded": _l("reminded"), "removed": _l("removed"), "renamed": _l("renamed"),
    "reopened": _l("opened again"), "restored": _l("shown again"), "result_published": _l("result published"),
    "result_sealed": _l("result sealed"), "result_withdrawn": _l("result withdrawn"),
    "retained": _l("deleted after its time"), "retried": _l("sent again"), "role_given": _l("role given"),
    "role_taken": _l("role taken"), "round_closed": _l("round closed"), "round_opened": _l("round opened"),
    "rules_set": _l("rules set"), "saved": _l("saved"), "second_factor_dropped": _l("second step switched off"),
    "second_factor_reset": _l("second step reset"), "second_factor_set_up": _l("second step set up"),
    "sent": _l("sent"), "separated": _l("separated"), "settings_changed": _l("settings changed"),
    "signed_in": _l("signed in"), "signed_out_by_administrator": _l("signed out by an administrator"),
    "signed_up": _l("account made"), "source_added": _l("city added"), "source_due": _l("city to be read now"),
    "source_paused": _l("city paused"), "source_removed": _l("city removed"), "source_resumed": _l("city read again"),
    "started": _l("started"), "status": _l("status set"), "supported": _l("supported"), "suspended": _l("suspended"),
    "tagged": _l("tagged"), "taken": _l("taken"), "taken_back": _l("taken back"), "taken_over": _l("taken over"),
    "tested": _l("test mail sent"), "thanked": _l("thanked"), "topics": _l("topics changed"),
    "unlocked": _l("unlocked"), "unpublished": _l("taken offline"), "waiting": _l("on the waiting list"),
    "walked_in": _l("came without a ticket"), "warned": _l("warned"), "withdrawn": _l("withdrawn"),
    "withheld": _l("withheld"), "word_added": _l("word added"), "word_removed": _l("word removed"),
    "written_to_all": _l("wrote to everybody"),
}  # fmt: skip


def in_words(deed: str) -> str:
    """`ideas.published` as “Ideas: published”."""
    area, _dot, done = deed.partition(".")
    return f"{AREAS.get(area, area)}: {DONE.get(done, done.replace('_', ' '))}"
