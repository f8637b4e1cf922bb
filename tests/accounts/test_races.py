import threading

from ideenlab.accounts.actions import sign_up, take_role, write_try
from ideenlab.accounts.models import Person, Role
from ideenlab.accounts.rules import may_try, slow_down
from ideenlab.core.clock import now
from ideenlab.core.db import db, kept_on_refusal, transaction
from ideenlab.core.errors import NotAllowed
from ideenlab.mail.models import Mail
from tests.factories import a_person


def at_once(app, work, times):
    """Run `work(number)` in so many threads that start together. Gives what they returned."""
    start, done = threading.Barrier(times), []

    def run(number):
        with app.app_context():
            start.wait()
            try:
                done.append(work(number))
            finally:
                db.session.remove()

    db.session.rollback()
    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return done


def test_of_ten_guesses_at_once_at_most_five_are_decided(app):
    trying = slow_down("password", "eva@example.org", network="192.0.2.1", wider_network="192.0.2.0/24")

    def guess(_number):
        with kept_on_refusal():
            write_try(trying)
        return bool(may_try(trying, now(), written=True))

    assert at_once(app, guess, 10).count(True) <= 5


def test_an_address_that_signs_up_twice_at_once_is_one_person(app):
    def join(number):
        with transaction():
            sign_up(
                pseudonym=f"Eule {number}", email="nora@example.org", age_band="adult", guardian_email=None,
                password_hash=None, browser="b",
            )  # fmt: skip
        return True

    assert at_once(app, join, 4) == [True] * 4
    assert db.session.query(Person).count() == 1
    assert db.session.query(Mail).count() == 4


def test_two_administrators_who_dismiss_each_other_leave_one(app):
    numbers = [a_person("administrator").id, a_person("administrator").id]

    def dismiss(number):
        try:
            with transaction():
                actor = db.session.get_one(Person, numbers[number])
                take_role(actor, person=db.session.get_one(Person, numbers[1 - number]), name="administrator")
        except NotAllowed:
            return False
        return True

    assert sorted(at_once(app, dismiss, 2)) == [False, True]
    assert db.session.query(Role).filter_by(name="administrator").count() == 1
