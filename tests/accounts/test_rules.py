from datetime import timedelta

import pytest

from ideenlab.accounts.models import SignIn
from ideenlab.accounts.rules import (
    may_close_account,
    may_drop_second_factor,
    may_give_role,
    may_reopen_account,
    may_see_people,
    may_sign_in,
    may_stay_signed_in,
    may_take_role,
    may_use_password,
    may_use_pseudonym,
)
from ideenlab.core.clock import now
from tests.factories import a_person


@pytest.mark.parametrize(
    "name", ["Radlerin vom Nordhang", "=1+1", "O'Brien", "Ñandú ﬁ ẞ", "{{7*7}}", "x", "👩‍👩‍👧", "مرحبا"]
)
def test_a_free_pseudonym_may_be_used(app, name):
    assert may_use_pseudonym(None, name)


@pytest.mark.parametrize(
    "name", ["admin", "ADMIN", "Аdmin", "Moderation", "Teststadt", "Stadt Teststadt", "ideenlab", "null"]
)
def test_official_names_are_kept_free(app, name):
    assert may_use_pseudonym(None, name).reason == "Dieser Name klingt amtlich. Bitte wählen Sie einen anderen."


@pytest.mark.parametrize("name", ["radlerin", "RADLERIN", "Rаdlerin", " Radlerin ", "Rádlerin"])
def test_a_pseudonym_that_looks_like_another_is_taken(app, name):
    holder = a_person(pseudonym="Radlerin")
    assert not may_use_pseudonym(None, name)
    assert not may_use_pseudonym(a_person(), name)
    assert may_use_pseudonym(holder, name)


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\u2800", "x" * 61, "ﷺ" * 60])
def test_a_pseudonym_can_be_read_and_kept(app, name):
    assert not may_use_pseudonym(None, name)


@pytest.mark.parametrize(
    ("password", "allowed"),
    [
        ("kurz7&#", False), ("acht8&#x", True), ("Kaffee & Kuchen " * 4, True), ("Kaffee & Kuchen " * 8, True),
        ("Kaffee & Kuchen " * 8 + "x", False), ("password", False), ("Ideenlab2026", False), ("Teststadt1", False),
        ("Nachteule!", False), ("nora.eulenspiegel", False), ("  zwei Blanks ", True),
    ],
)  # fmt: skip
def test_a_password_is_long_and_not_easy(app, password, allowed):
    verdict = may_use_password(password, pseudonym="Nachteule", email="nora.eulenspiegel@example.org")
    assert bool(verdict) is allowed


@pytest.mark.parametrize(
    ("state", "allowed"),
    [("active", True), ("unconfirmed", False), ("waiting_for_guardian", False), ("closed", False)],
)
def test_only_active_accounts_sign_in(app, state, allowed):
    assert bool(may_sign_in(a_person(state=state))) is allowed


@pytest.mark.parametrize(
    ("roles", "hours_since_sign_in", "idle_minutes", "stays"),
    [
        ((), 29 * 24, 24 * 60, True), ((), 30 * 24, 0, False), (("juror",), 29 * 24, 24 * 60, True),
        (("moderator",), 11, 59, True), (("moderator",), 12, 0, False), (("organiser",), 1, 60, False),
        (("administrator",), 11, 59, True), (("administrator", "juror"), 2, 61, False),
    ],
)  # fmt: skip
def test_staff_are_signed_out_sooner(app, roles, hours_since_sign_in, idle_minutes, stays):
    created = now() - timedelta(hours=hours_since_sign_in)
    sign_in = SignIn(
        person=a_person(*roles), created_at=created, expires_at=created + timedelta(days=30),
        last_seen_at=now() - timedelta(minutes=idle_minutes) + timedelta(seconds=5 if stays else 0),
    )  # fmt: skip
    assert bool(may_stay_signed_in(sign_in, now())) is stays


@pytest.mark.parametrize(
    ("actor", "role", "allowed"),
    [
        ((), "juror", False), (("juror",), "juror", False), (("moderator",), "juror", False),
        (("organiser",), "juror", True), (("organiser",), "moderator", True), (("organiser",), "organiser", False),
        (("organiser",), "administrator", False), (("administrator",), "organiser", True),
        (("administrator",), "administrator", True), (None, "administrator", True),
    ],
)  # fmt: skip
def test_who_gives_and_takes_which_role(app, actor, role, allowed):
    a_person("administrator")
    giver = None if actor is None else a_person(*actor)
    assert bool(may_give_role(giver, person=a_person(), name=role)) is allowed
    assert bool(may_take_role(giver, person=a_person(role), name=role)) is allowed


def test_a_role_is_given_once_and_taken_from_who_has_it(app):
    boss, juror = a_person("administrator"), a_person("juror")
    assert may_give_role(boss, person=juror, name="juror").reason == "Diese Person hat die Rolle schon."
    assert may_take_role(boss, person=juror, name="moderator").reason == "Diese Person hat die Rolle nicht."
    assert not may_give_role(boss, person=a_person(state="unconfirmed"), name="juror")


def test_somebody_stays_administrator(app):
    boss = a_person("administrator")
    reason = "Es muss jemanden für die Administration geben. Geben Sie die Rolle zuerst einer anderen Person."
    assert may_take_role(boss, person=boss, name="administrator").reason == reason
    assert may_take_role(None, person=boss, name="administrator").reason == reason
    assert may_close_account(None, person=boss).reason == reason
    second = a_person("administrator")
    assert may_take_role(boss, person=boss, name="administrator")
    assert may_close_account(boss, person=second)


def test_a_closed_administrator_does_not_count(app):
    boss = a_person("administrator")
    a_person("administrator", state="closed")
    assert not may_take_role(boss, person=boss, name="administrator")


@pytest.mark.parametrize(("roles", "allowed"), [((), False), (("organiser",), False), (("administrator",), True)])
def test_administrators_close_and_reopen_accounts(app, roles, allowed):
    actor = a_person(*roles)
    assert bool(may_close_account(actor, person=a_person())) is allowed
    assert bool(may_reopen_account(actor, person=a_person(state="closed"))) is allowed


def test_an_account_is_closed_once_and_never_by_its_owner(app):
    boss, closed = a_person("administrator"), a_person(state="closed")
    assert not may_close_account(boss, person=boss)
    assert not may_close_account(boss, person=closed)
    assert not may_reopen_account(boss, person=a_person())


@pytest.mark.parametrize(
    ("roles", "allowed"),
    [((), False), (("juror",), False), (("moderator",), False), (("organiser",), True), (("administrator",), True)],
)
def test_who_sees_people(app, roles, allowed):
    assert bool(may_see_people(a_person(*roles))) is allowed


@pytest.mark.parametrize(("roles", "allowed"), [((), True), (("juror",), True), (("moderator",), False)])
def test_staff_keep_their_second_step(app, roles, allowed):
    assert bool(may_drop_second_factor(a_person(*roles))) is allowed
