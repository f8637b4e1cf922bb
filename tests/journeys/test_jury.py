"""Seven jurors score, one declares nothing for a criterion, the organiser publishes, the result page shows it."""

import hashlib
import json
from fractions import Fraction

import pyotp
import pytest
from sqlalchemy import delete

from ideenlab.accounts.models import SignIn
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.passwords import hash_password
from ideenlab.jury.maths import Rule, Sheet, ranking, six_places
from ideenlab.jury.queries import criteria_of, jurors_of
from tests.factories import a_hackathon, a_person
from tests.journeys.conftest import PATIENCE, latest_mail, link_in
from tests.jury.world import a_juror, close_scoring, handed_in, scored_hackathon, submitted

pytestmark = pytest.mark.journey
PASSWORD = "Mond-und-Hase-7"
CRITERIA = ("Nutzen für die Stadt", "Neuheit", "Umsetzbarkeit", "Verständlichkeit")
TITLES = ("Parkfinder", "Leihkarte", "Baumpate")
NOWAK, OTTO = "Erika Nowak", "Paul Otto"
POINTS = {  # by juror, for each prototype, in the order of the criteria
    NOWAK: [(4, 3.5, 5, 4), (3, 3, 4, 2.5), (2, 5, 1, 3)],
    OTTO: [(5, 4, None, 4.5), (4, 2, 3.5, 3), (1, 4, 2, 2)],
    "C": [(3, 3, 3, 3), (5, 4.5, 4, 4), (0, 3, 2.5, 1)],
    "D": [(4, 4, 3, 5), (2, 2, 2, 2), (3, 4, 3, 3)],
    "E": [(3.5, 2.5, 4, 4), (4, 3, 4, 4.5), (2, 2, 2, 2)],
    "F": [(5, 5, 4.5, 4), (3, 1, 5, 3), (1.5, 3, 1, 2)],
    "G": [(2, 3, 3, 3.5), (4, 4, 4, 4), (4, 5, 3, 3)],
}


@pytest.fixture
def hackathon(app):
    return a_hackathon(title="Hase-Hackathon", slug="hase-hackathon", open_windows=("scoring",))


@pytest.fixture
def prototypes(hackathon):
    return [handed_in(hackathon, team=f"Team {title}", title=title) for title in TITLES]


def someone(*roles, email, **values):
    return a_person(*roles, email=email, password_hash=hash_password(PASSWORD), **values)


def enter_as_organiser(organiser, person):
    """Who organises shows with an app that it is really them."""
    organiser.sign_in(person.email, PASSWORD)
    organiser.says("Ihr Konto ist doppelt geschützt.")
    organiser.fill("Code", pyotp.TOTP(person.totp_secret).now())
    organiser.press("Weiter")


def prepare_jury(organiser):
    """Criteria and one juror; gives the code that is shown once."""
    organiser.open("/organisation")
    organiser.press("Hackathons")
    organiser.press("Hase-Hackathon")
    organiser.press("Jury, Kriterien und Ergebnis")
    organiser.press("Vier Kriterien: Nutzen, Neuheit, Machbarkeit, Verständlichkeit")
    organiser.press("Jurymitglieder")
    organiser.fill("Name", NOWAK)
    organiser.fill("E-Mail-Adresse", "nowak@example.org")
    organiser.press("Einladen")
    code = organiser.page.locator(".il-juror__code").inner_text()
    organiser.open("/organisation/hackathons/hase-hackathon/jury/mitglieder")
    assert organiser.page.locator(".il-juror__code").count() == 0
    return code


def give(juror, criterion, answer):
    group = juror.page.get_by_role("group", name=criterion)
    text = "Keine Angabe" if answer is None else f"{answer:g}".replace(".", ",")
    group.get_by_role("radio", name=text, exact=True).check()


def is_given(juror, criterion, answer):
    group = juror.page.get_by_role("group", name=criterion)
    return group.get_by_role("radio", name=f"{answer:g}".replace(".", ","), exact=True).is_checked()


def wait_until_kept(juror, left):
    """What the page says for screen readers comes from the server's answer."""
    juror.page.locator("[data-autosave-left]", has_text=left).wait_for(state="attached")
    juror.page.locator('[data-autosave-state][data-state="saved"]').wait_for()


def score_on_the_phone(juror, code):
    juror.open(link_in(latest_mail("nowak@example.org")))
    juror.fill("Ihr Code", "00000000")
    juror.press("Zu meinen Bewertungen")
    juror.says("Dieser Code gehört nicht zu diesem Link.")
    juror.fill("Ihr Code", code)
    juror.press("Zu meinen Bewertungen")
    juror.says("Ihre Punkte werden unter einer Nummer öffentlich")
    juror.press("Ich habe das gelesen")
    juror.says("0 von 3 Bewertungen abgegeben")
    juror.press("Team Parkfinder")
    for criterion, points in zip(CRITERIA, POINTS[NOWAK][0], strict=True):
        give(juror, criterion, points)
    wait_until_kept(juror, "Alle Kriterien sind ausgefüllt.")
    juror.reload()
    assert all(is_given(juror, *pair) for pair in zip(CRITERIA, POINTS[NOWAK][0], strict=True))
    juror.press("Bewertung abgeben")
    juror.says("1 von 3 Bewertungen abgegeben")


def score_with_no_answer(juror):
    """Nothing for a criterion is said, with the reason, and is never a zero."""
    juror.sign_in("otto@example.org", PASSWORD)
    juror.open("/jury")
    juror.press("Team Parkfinder")
    for criterion, points in zip(CRITERIA, POINTS[OTTO][0], strict=True):
        give(juror, criterion, points)
    wait_until_kept(juror, "1 Kriterium ist noch offen.")
    juror.press("Bewertung abgeben")
    juror.says("Bitte sagen Sie, warum Sie für „Umsetzbarkeit“ keine Angabe machen.")
    juror.fill("Warum keine Angabe bei „Umsetzbarkeit“?", "Der Aufbau lief nicht.")
    juror.fill("Ein guter nächster Schritt", "Weiter so!")
    wait_until_kept(juror, "Alle Kriterien sind ausgefüllt.")
    juror.press("Bewertung abgeben")
    juror.says("1 von 3 Bewertungen abgegeben")
    juror.press("Team Parkfinder")
    juror.says("keine Angabe: Der Aufbau lief nicht.")


def score_the_rest(jurors, prototypes):
    """As the pages do it, without the pages."""
    for name, ballots in POINTS.items():
        for prototype, points in zip(prototypes, ballots, strict=True):
            if not (name in (NOWAK, OTTO) and prototype is prototypes[0]):
                submitted(jurors[name], prototype, *points)


def expected():
    """Title, score and place by the arithmetic of the house, from what was given."""
    sheets = [
        Sheet(title, name, {c: None if p is None else Fraction(p) for c, p in zip(CRITERIA, points, strict=True)})
        for name, ballots in POINTS.items()
        for title, points in zip(TITLES, ballots, strict=True)
    ]
    weights = dict.fromkeys(CRITERIA, Fraction(1))
    found = ranking(sheets, Rule(weights), assigned=dict.fromkeys(TITLES, 7))
    return sorted(found, key=lambda standing: standing.place)


def seal(organiser, hackathon):
    organiser.open("/organisation/hackathons/hase-hackathon/jury/fortschritt")
    organiser.says("21 von 21 Bewertungen abgegeben")
    organiser.says("Die Punkte bleiben auch Ihnen verborgen")
    close_scoring(hackathon)
    organiser.reload()
    organiser.press("Zum Ergebnis der Jury")
    organiser.says("Wie sicher die Reihenfolge ist")
    organiser.press("Für die Preisverleihung versiegeln …")
    organiser.press("Jetzt versiegeln")
    organiser.says("Das Ergebnis ist versiegelt.")


def hold_ceremony(organiser, visitor, screen):
    """Place 3, 2, 1: a second screen follows by itself, a visitor sees what was shown and no more."""
    visitor.reload()
    visitor.says("Noch nicht veröffentlicht")
    screen.open("/hackathon/hase-hackathon/ergebnis/buehne")
    screen.says("Hier erscheinen gleich die Plätze.")
    organiser.press("Bühne öffnen")
    titles = {standing.place: standing.prototype for standing in expected()}
    for place in (3, 2, 1):
        organiser.press(f"Platz {place} zeigen")
        organiser.says(titles[place])
        screen.page.locator(".il-award__title", has_text=titles[place]).wait_for()
        visitor.open("/hackathon/hase-hackathon/ergebnis")
        shown = visitor.page.locator(".il-places__title").all_inner_texts()
        assert [text.split()[0] for text in shown] == [titles[each] for each in range(place, 4)]
    organiser.press("Alles ist gezeigt: Ergebnis veröffentlichen")
    organiser.says("Danach lässt sich nichts mehr ändern")
    organiser.press("Jetzt veröffentlichen")
    organiser.says("Das Ergebnis ist veröffentlicht.")


def check_result(visitor):
    visitor.open("/hackathon/hase-hackathon")
    visitor.press("Ergebnis")
    rows = visitor.page.locator(".il-places > li").all_inner_texts()
    for row, standing in zip(rows, expected(), strict=True):
        score = f"{float(standing.score):.2f}".replace(".", ",")
        assert f"Platz {standing.place}" in row
        assert standing.prototype in row
        assert f"{score} Punkte aus 7 Bewertungen" in row
    assert "Weiter so!" not in visitor.page.content(), "sentences are for the team"


def check_protocol(app, visitor):
    """A stranger has nothing but the file and the program."""
    with visitor.page.expect_download() as fetched:
        visitor.control("Protokoll herunterladen (JSON)").click()
    text = fetched.value.path().read_bytes()
    visitor.says(hashlib.sha256(text).hexdigest())
    protocol = json.loads(text)
    titles = {row["number"]: row["title"] for row in protocol["prototypes"]}
    order = protocol["figures"]["order"]
    scores = [(titles[row["prototype"]], row["score"]["decimal"], row["place"]) for row in order]
    assert scores == [(s.prototype, six_places(s.score), s.place) for s in expected()]
    assert len(protocol["ballots"]) == 21
    verified = app.test_cli_runner().invoke(args=["jury", "verify", str(fetched.value.path())])
    assert (verified.exit_code, "Das stimmt" in verified.output) == (0, True)
    for name in (NOWAK, OTTO, "Der Aufbau lief nicht", "Weiter so"):
        assert name not in text.decode()


def test_seven_jurors_score_and_the_organiser_publishes(app, guest, hackathon, prototypes):
    head = someone("organiser", email="leitung@example.org", totp_secret=pyotp.random_base32(), totp_confirmed_at=now())
    organiser = guest()
    enter_as_organiser(organiser, head)
    code = prepare_jury(organiser)
    score_on_the_phone(guest(size="phone", dark=True), code)

    otto = someone("juror", email="otto@example.org")
    jurors = {name: a_juror(hackathon, otto if name == OTTO else None, name=name) for name in list(POINTS)[1:]}
    score_with_no_answer(guest())
    jurors |= {juror.name: juror for juror in jurors_of(hackathon)}
    score_the_rest(jurors, prototypes)

    visitor = guest()
    visitor.open("/hackathon/hase-hackathon/ergebnis")
    visitor.says("Noch nicht veröffentlicht")
    seal(organiser, hackathon)
    hold_ceremony(organiser, visitor, guest())
    check_result(visitor)
    check_protocol(app, visitor)


def test_a_juror_who_was_signed_out_meanwhile_loses_nothing(guest):
    """The page waits while nobody is signed in, and saves by itself once the same person is again."""
    hackathon = scored_hackathon("1", "1")
    neuheit, umsetzbarkeit = (criterion.title for criterion in criteria_of(hackathon))
    handed_in(hackathon, team="Team Parkfinder")
    a_juror(hackathon, someone("juror", email="otto@example.org"), name=OTTO)
    juror = guest(size="phone", dark=True)
    juror.sign_in("otto@example.org", PASSWORD)
    juror.open("/jury")
    juror.press("Team Parkfinder")
    give(juror, neuheit, 3)
    juror.page.locator('[data-autosave-state][data-state="saved"]').wait_for()
    with transaction():
        db.session.execute(delete(SignIn))
    give(juror, umsetzbarkeit, 4.5)
    juror.page.locator('[data-autosave-state][data-state="waiting"]').wait_for()
    again = juror.page.context.new_page()
    again.goto(juror.address + "/anmelden")
    again.get_by_label("E-Mail-Adresse").fill("otto@example.org")
    again.get_by_label("Passwort").fill(PASSWORD)
    again.get_by_role("button", name="Weiter").click()
    again.get_by_role("button", name="Abmelden").wait_for()
    juror.page.locator('[data-autosave-state][data-state="saved"]').wait_for(timeout=2 * PATIENCE)
    juror.complaints.clear()  # of the browser, about the saves that were refused
    juror.reload()
    assert is_given(juror, umsetzbarkeit, 4.5)
    assert is_given(juror, neuheit, 3)
