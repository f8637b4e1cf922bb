from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.deliberations.rules import (
    is_of_the_jury,
    may_close_deliberation,
    may_open_deliberation,
    may_open_second_ballot,
    may_see_ballots_of,
    may_see_deliberation,
    may_write_minute,
)
from ideenlab.jury.models import Recusal
from tests.deliberations.world import talked_about
from tests.factories import a_person, saved
from tests.jury.world import published


def test_who_may_see_and_do_what_before_during_and_after(app):
    hackathon, prototypes, (zora, mila, _anton) = talked_about(opened=False)
    saved(Recusal(juror=mila, team=prototypes["Bienen"].team, state="declared"))
    people = {
        "organiser": a_person("organiser"), "zora": zora.person, "mila": mila.person, "other juror": a_person("juror"),
        "moderator": a_person("moderator"), "stranger": a_person(),
    }  # fmt: skip

    def allowed(rule, *rest):
        return [name for name, person in people.items() if rule(person, *rest)]

    jury, moment = ["organiser", "zora", "mila"], now()
    assert allowed(is_of_the_jury, hackathon) == jury
    assert allowed(may_see_deliberation, hackathon) == []
    assert allowed(may_open_deliberation, hackathon, moment) == []

    opened, prototypes, (zora, mila, _anton) = talked_about()
    saved(Recusal(juror=mila, team=prototypes["Bienen"].team, state="declared"))
    people |= {"zora": zora.person, "mila": mila.person}
    assert allowed(may_see_deliberation, opened) == jury
    assert allowed(may_write_minute, opened) == jury
    assert allowed(may_see_ballots_of, prototypes["Bienen"]) == ["organiser", "zora"]
    assert allowed(may_see_ballots_of, prototypes["Bäume"]) == jury
    assert allowed(may_close_deliberation, opened) == ["organiser"]
    assert allowed(may_open_second_ballot, opened, now()) == ["organiser"]

    published(opened)
    assert allowed(may_see_deliberation, opened) == jury
    assert (allowed(may_write_minute, opened), allowed(may_open_second_ballot, opened, now())) == ([], [])
    with transaction():
        opened.archived_at = now()
    assert allowed(may_see_deliberation, opened) == jury
