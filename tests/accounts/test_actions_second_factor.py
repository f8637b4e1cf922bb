import threading
from datetime import timedelta

import pyotp
import pytest
import time_machine

from ideenlab.accounts.actions import (
    begin_second_factor,
    confirm_second_factor,
    drop_second_factor,
    new_recovery_codes,
    pass_second_factor,
    start_sign_in,
)
from ideenlab.accounts.models import Person, SignIn
from ideenlab.accounts.queries import find_sign_in, unused_recovery_codes
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from tests.factories import a_person


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(now().replace(second=5, microsecond=0), tick=False) as clock:
        yield clock


def a_sign_in(person):
    with transaction():
        secret = start_sign_in(person, device="")
    return find_sign_in(secret)


def protected(*roles):
    """A person with a second step, a sign-in without it, and the app."""
    person = a_person(*roles, totp_secret=pyotp.random_base32(), totp_confirmed_at=now())
    return person, a_sign_in(person), pyotp.TOTP(person.totp_secret)


def passes(person, code, here):
    with transaction():
        return pass_second_factor(person, code=code, here=here)


def test_it_is_set_up_with_a_code_and_gives_ten_recovery_codes_once(app):
    person = a_person()
    here, other = a_sign_in(person), a_sign_in(person).id
    with transaction():
        begin_second_factor(person, here=here)
    with pytest.raises(Invalid), transaction():
        confirm_second_factor(person, code="000000", here=here)
    assert person.totp_confirmed_at is None
    with transaction():
        codes = confirm_second_factor(person, code=pyotp.TOTP(person.totp_secret).now(), here=here)
    assert (len(set(codes)), unused_recovery_codes(person)) == (10, 10)
    assert here.second_factor_at is not None
    assert db.session.query(SignIn).filter_by(id=other).first() is None
    with pytest.raises(Conflict), transaction():
        begin_second_factor(person, here=here)


def test_a_browser_left_open_cannot_set_it_up_and_lock_its_owner_out(app, clock):
    person = a_person()
    here = a_sign_in(person)
    clock.shift(timedelta(minutes=16))
    with pytest.raises(NotAllowed), transaction():
        begin_second_factor(person, here=here)
    assert person.totp_secret is None


def test_a_code_of_the_app_works_once_even_within_its_time(app, clock):
    person, here, totp = protected()
    code = totp.now()
    assert passes(person, code, here)
    assert not passes(person, code, here)
    clock.shift(timedelta(seconds=30))
    assert passes(person, totp.now(), here)


@pytest.mark.parametrize(("seconds", "right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_clocks_may_differ_by_half_a_minute(app, seconds, right):
    person, here, totp = protected()
    assert passes(person, totp.at(now() + timedelta(seconds=seconds)), here) is right


def test_an_older_code_is_dead_after_a_newer_one(app, clock):
    person, here, totp = protected()
    old = totp.now()
    clock.shift(timedelta(seconds=30))
    assert passes(person, totp.now(), here)
    assert not passes(person, old, here)


@pytest.mark.parametrize("code", ["", "0", "abcdef", "１２３４５６", "0000000", "x" * 1000])
def test_what_is_no_code_is_wrong(app, code):
    person, here, _totp = protected()
    assert not passes(person, code, here)
    assert here.second_factor_at is None


def test_a_recovery_code_works_once_and_new_ones_end_the_old(app):
    person, here, _totp = protected()
    with transaction():
        old = [code.replace(" ", "") for code in new_recovery_codes(person)]
    assert passes(person, old[0], here)
    assert not passes(person, old[0], here)
    assert unused_recovery_codes(person) == 9
    with transaction():
        new_recovery_codes(person)
    assert not passes(person, old[1], here)


def test_a_recovery_code_of_somebody_else_is_wrong(app):
    person, here, _totp = protected()
    other, _here, _totp = protected()
    with transaction():
        codes = [code.replace(" ", "") for code in new_recovery_codes(other)]
    assert not passes(person, codes[0], here)


def test_staff_cannot_do_without_and_others_can(app):
    staff, citizen = protected("moderator")[0], protected()[0]
    with pytest.raises(NotAllowed), transaction():
        drop_second_factor(staff)
    with transaction():
        drop_second_factor(citizen)
    assert (citizen.totp_secret, citizen.totp_confirmed_at) == (None, None)


def test_of_two_browsers_with_the_same_code_one_gets_in(app):
    person, here, totp = protected()
    code, number, sign_in, start, done = totp.now(), person.id, here.id, threading.Barrier(2), []

    def enter():
        with app.app_context():
            start.wait()
            with transaction():
                one = db.session.get_one(Person, number)
                done.append(pass_second_factor(one, code=code, here=db.session.get_one(SignIn, sign_in)))
            db.session.remove()

    db.session.rollback()
    browsers = [threading.Thread(target=enter) for _number in range(2)]
    for browser in browsers:
        browser.start()
    for browser in browsers:
        browser.join()
    assert sorted(done) == [False, True]
