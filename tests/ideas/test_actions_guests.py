"""Ideas with an address instead of an account: seen by nobody before the click, and then they belong to somebody."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Gone, Invalid, NotAllowed
from ideenlab.ideas.actions import confirm_idea, drop_unconfirmed_ideas, enter_idea, give_idea_without_account
from ideenlab.ideas.models import Claim, Idea
from ideenlab.ideas.queries import find_claim, find_idea_by_code, list_ideas
from ideenlab.ideas.rules import may_see_idea
from ideenlab.mail.models import Mail
from tests.factories import DAY, a_call, a_person

TEXT = "Mehr Bänke an der Hase, damit alle sich ausruhen können."


def give(call, address="neu@example.org", **values):
    given = {"title": "Bänke an der Hase", "text": TEXT, "topic": None, "agrees_to_licence": True, **values}
    with transaction():
        return give_idea_without_account(call=call, address=address, **given)


def secret_for(address):
    text = db.session.scalars(select(Mail.text).where(Mail.recipient == address).order_by(Mail.id.desc())).first()
    return text.split("/idee/bestaetigen/")[1].split()[0]


def confirm(address="neu@example.org", **values):
    secret = secret_for(address)
    with transaction():
        return confirm_idea(find_claim(secret), **values)


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_before_the_click_nobody_sees_it(app):
    idea = give(a_call())
    assert (idea.state, idea.author_id) == ("waiting", None)
    for person in (None, a_person(), a_person("moderator"), a_person("administrator")):
        assert not may_see_idea(person, idea)
    assert list_ideas(idea.call).rows == []


def test_the_click_publishes_it_under_a_made_up_name(app):
    idea = give(a_call())
    assert confirm() is None
    author = idea.author
    assert (idea.state, author.is_guest, author.email, author.state) == ("published", True, "neu@example.org", "active")
    assert author.password_hash is None
    assert author.pseudonym.split()[-1].isdigit()
    assert [card.id for card in list_ideas(idea.call).rows] == [idea.id]
    assert count(Claim) == 0


def test_a_link_works_once(app):
    give(a_call())
    secret = secret_for("neu@example.org")
    with transaction():
        confirm_idea(find_claim(secret))
    assert find_claim(secret) is None
    with pytest.raises(Gone), transaction():
        confirm_idea(find_claim(secret))


def test_the_database_holds_no_link(app):
    give(a_call())
    assert db.session.scalar(select(func.count()).where(Claim.secret_hash == secret_for("neu@example.org"))) == 0


def test_the_idea_is_added_to_an_account_that_is_there(app):
    owner = a_person(email="da@example.org", pseudonym="Ada")
    idea = give(a_call(), "da@example.org")
    assert db.session.scalar(select(func.count()).where(Mail.text.contains("Konto: Die Idee kommt dort hinzu"))) == 1
    confirm("da@example.org")
    assert (idea.author_id, owner.is_guest, owner.pseudonym) == (owner.id, False, "Ada")


def test_a_second_idea_goes_to_the_same_guest(app):
    call = a_call()
    first = give(call)
    confirm()
    second = give(call, title="Noch eine Idee")
    confirm()
    assert first.author_id == second.author_id
    assert count(Person) == 1


def test_a_double_click_gives_one_idea_and_one_mail(app):
    call = a_call()
    assert give(call).id == give(call).id
    assert (count(Idea), count(Mail)) == (1, 1)


def test_in_a_call_with_pre_moderation_it_waits_for_the_moderation(app):
    idea = give(a_call(is_premoderated=True))
    confirm()
    assert (idea.state, idea.published_at) == ("waiting", None)
    assert may_see_idea(a_person("moderator"), idea)
    assert may_see_idea(idea.author, idea)
    assert not may_see_idea(a_person(), idea)


def test_a_call_can_do_without_guests(app):
    with pytest.raises(NotAllowed, match="nur von Menschen mit Konto"):
        give(a_call(takes_guests=False))


def test_no_licence_no_idea(app):
    with pytest.raises(Invalid):
        give(a_call(), agrees_to_licence=False)
    assert count(Idea) == 0


def test_whoever_is_suspended_publishes_nothing_this_way(app):
    a_person(email="laut@example.org", suspended_until=now() + DAY, suspended_reason="Beleidigung")
    idea = give(a_call(), "laut@example.org")
    with pytest.raises(NotAllowed, match="Beleidigung"):
        confirm("laut@example.org")
    db.session.rollback()
    assert (idea.state, count(Claim)) == ("waiting", 1)


def test_a_closed_account_stays_closed(app):
    a_person(email="weg@example.org", state="closed")
    give(a_call(), "weg@example.org")
    with pytest.raises(NotAllowed):
        confirm("weg@example.org")


def test_what_a_stranger_typed_when_signing_up_does_not_count(app):
    a_person(email="neu@example.org", state="unconfirmed", password_hash="x", pseudonym="Fremd")
    idea = give(a_call())
    confirm()
    assert (idea.author.password_hash, idea.author.is_guest) == (None, True)
    assert idea.author.pseudonym != "Fremd"


def test_under_16_a_guardian_publishes_it(app):
    idea = give(a_call())
    assert confirm(age_band="under_16", guardian_email="eltern@example.org") is not None
    person = db.session.scalars(select(Person)).one()
    assert (idea.state, idea.author_id, person.state) == ("waiting", None, "waiting_for_guardian")
    assert not may_see_idea(a_person("moderator"), idea)
    confirm("eltern@example.org")
    assert (idea.state, idea.author_id, person.state) == ("published", person.id, "active")
    assert person.age_band == "under_16"


def test_what_nobody_confirmed_goes_after_a_week(app):
    idea, kept = give(a_call()), give(a_call(), "spaeter@example.org")
    with transaction():
        db.session.scalars(select(Claim).where(Claim.idea_id == idea.id)).one().expires_at = now() - timedelta(
            seconds=1
        )
    assert find_claim(secret_for("neu@example.org")) is None
    with transaction():
        assert drop_unconfirmed_ideas() == 1
    assert list(db.session.scalars(select(Idea.id))) == [kept.id]
    assert db.session.scalar(select(func.count()).where(Claim.address == "neu@example.org")) == 0


def enter(helper, call, **values):
    given = {
        "origin": "postcard", "title": "Bänke an der Hase", "text": TEXT, "topic": None, "address": None,
        "agrees_to_licence": True, **values,
    }  # fmt: skip
    with transaction():
        return enter_idea(helper, call=call, **given)


def test_a_helper_enters_a_postcard_and_gets_a_code(app):
    helper, call = a_person("moderator"), a_call()
    idea, code = enter(helper, call)
    assert (idea.state, idea.origin, idea.author_id, idea.entered_by_id) == ("published", "postcard", None, helper.id)
    assert len(code) == 12
    assert code not in (idea.code_hash, idea.text)
    assert find_idea_by_code(code).id == idea.id
    assert find_idea_by_code(f" {code[:4].lower()}-{code[4:8]} {code[8:]}").id == idea.id
    for wrong in ("", code[:-1], "2" * 12, "x" * 5000):
        assert find_idea_by_code(wrong) is None


def test_with_an_address_the_person_takes_the_idea_over(app):
    idea, code = enter(a_person("moderator"), a_call(), address="neu@example.org", origin="telephone")
    assert (code, idea.state, idea.author_id) == ("", "published", None)
    confirm()
    assert (idea.state, idea.author.email) == ("published", "neu@example.org")


def test_a_claim_that_runs_out_leaves_an_entered_idea_alone(app):
    idea, _code = enter(a_person("moderator"), a_call(), address="neu@example.org")
    with transaction():
        db.session.scalars(select(Claim)).one().expires_at = now() - DAY
    with transaction():
        assert drop_unconfirmed_ideas() == 0
    assert (idea.state, count(Claim)) == ("published", 0)


@pytest.mark.parametrize("role", [None, "juror"])
def test_only_the_moderation_enters_for_others(app, role):
    with pytest.raises(NotAllowed):
        enter(a_person(*[role] if role else []), a_call())


def test_a_postcard_that_arrives_late_can_be_entered_by_the_moderation(app):
    idea, _code = enter(a_person("organiser"), a_call(open_phases=()))
    assert idea.state == "published"


@pytest.mark.parametrize("origin", ["online", "import", "", "Brieftaube"])
def test_an_entered_idea_says_how_it_came(app, origin):
    with pytest.raises(Invalid):
        enter(a_person("moderator"), a_call(), origin=origin)
