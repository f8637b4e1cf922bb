from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.fits.rules import may_say_whether_it_fits
from tests.factories import a_person
from tests.fits.world import grown_prototype


def test_only_those_who_wrote_the_idea_are_asked_and_only_when_everybody_sees_the_prototype(app):
    prototype, member, author, along = grown_prototype()
    people = {"author": author, "along": along, "member": member, "stranger": a_person(), "juror": a_person("juror")}

    def asked():
        return [name for name, person in people.items() if may_say_whether_it_fits(person, prototype, now())]

    assert asked() == ["author", "along"]
    with transaction():
        prototype.hackathon.gallery_shown_at = None
    assert asked() == []
