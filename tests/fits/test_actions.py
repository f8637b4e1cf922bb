import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.core.errors import NotAllowed
from ideenlab.fits.actions import say_whether_it_fits, take_answer_back
from ideenlab.fits.queries import echoes_of
from tests.factories import a_person
from tests.fits.world import grown_prototype


def said(prototype):
    echo = echoes_of([prototype.id])[prototype.id]
    return echo.meets_it, echo.misses_it


def test_those_who_had_the_idea_say_once_whether_it_is_met_and_may_think_again(app):
    prototype, _member, author, along = grown_prototype()
    with transaction():
        say_whether_it_fits(author, prototype=prototype, meets_it=True)
        say_whether_it_fits(along, prototype=prototype, meets_it=True)
    assert said(prototype) == (2, 0)
    with transaction():
        say_whether_it_fits(author, prototype=prototype, meets_it=False)
    assert said(prototype) == (1, 1)
    with transaction():
        take_answer_back(author, prototype=prototype)
        take_answer_back(author, prototype=prototype)
    assert said(prototype) == (1, 0)


def test_nobody_else_is_asked_and_nobody_in_the_archive(app):
    prototype, member, author, _along = grown_prototype()
    for person in (member, a_person(), a_person("organiser")):
        with pytest.raises(NotAllowed), transaction():
            say_whether_it_fits(person, prototype=prototype, meets_it=True)
    with transaction():
        prototype.hackathon.archived_at = now()
    with pytest.raises(NotAllowed), transaction():
        say_whether_it_fits(author, prototype=prototype, meets_it=True)
    assert said(prototype) == (0, 0)
