"""The pieces of the look in a real browser: what axe cannot see, and what the small modules promise."""

import hashlib
import threading

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import AXE, NOTHING_UNSENT, PATIENCE, READY, TAGS, VIOLATIONS, served
from tests.journeys.pieces import make_pieces

pytestmark = pytest.mark.journey
EIGHT_MEGABYTES = 8 * 1024 * 1024
STOPS = """() => {
  const shown = (e) => ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'borderWidth']
    .map((name) => getComputedStyle(e)[name] + getComputedStyle(e, '::after')[name]).join();
  const stops = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  return [...document.querySelectorAll(stops)].map((e) => {
    document.activeElement.blur();
    const before = shown(e);
    e.focus({focusVisible: true});
    return shown(e) === before ? e.outerHTML.slice(0, 100) : '';
  }).filter(Boolean);
}"""
SMALL = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')].filter((e) => {
  const box = e.getBoundingClientRect();
  return box.width && box.left >= 0 && getComputedStyle(e).display !== 'inline' && (box.width < 24 || box.height < 24);
}).map((e) => e.outerHTML.slice(0, 100))"""


@pytest.fixture
def doors(tmp_path):
    """A server with all pieces; `doors.address`, and what it stored."""
    app, doors = make_pieces(tmp_path)
    with served(app) as doors.address:
        yield doors


def arrive(context, address):
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    assert page.goto(address).status == 200
    page.wait_for_function(READY)
    return page


@pytest.fixture
def page(browser, doors):
    with browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE") as context:
        yield arrive(context, doors.address)


def state_of(page, state):
    page.locator(f'[data-autosave-state][data-state="{state}"]').wait_for()
    return page.inner_text("[data-autosave-state]")


def hears(page, text):
    page.locator("#live", has_text=text).wait_for(state="attached")


def is_accessible_and_fits(page):
    page.evaluate(AXE.read_text())
    for width in (1280, 360, 320, 256):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert (width, page.evaluate(SMALL)) == (width, [])
        if width in (1280, 320):
            assert (width, page.evaluate(VIOLATIONS, TAGS)) == (width, [])


@pytest.mark.parametrize("colours", ["light", "dark", "forced"])
def test_every_piece_is_accessible_and_fits(browser, doors, colours):
    more = {"forced_colors": "active"} if colours == "forced" else {"color_scheme": colours}
    with browser.new_context(**more) as context:
        page = arrive(context, f"{doors.address}/?in")
        is_accessible_and_fits(page)
        page.get_by_role("button", name="Weiter", exact=True).first.click()  # the same once more with all errors
        page.locator("#errors:focus").wait_for()
        is_accessible_and_fits(page)


def test_the_focus_is_seen_on_every_stop(page):
    assert page.evaluate(STOPS) == []


def test_a_chosen_radio_is_seen_in_forced_colours(browser, doors):
    with browser.new_context(forced_colors="active") as context:
        page = arrive(context, doors.address)
        page.check("#use-2")
        style = "e => [getComputedStyle(e, '::before').backgroundColor, getComputedStyle(e).backgroundColor]"
        dot, ground = page.eval_on_selector("#use-2", style)
    assert dot != ground


def test_nothing_moves_while_the_page_loads(browser, doors):
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.add_init_script(
            "window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) "
            "window.shift += entry.value; }).observe({type: 'layout-shift', buffered: true});"
        )
        page.goto(doors.address, wait_until="networkidle")
        assert page.evaluate("window.shift") == 0


def test_print_leaves_out_what_cannot_be_pressed(page):
    page.emulate_media(media="print")
    hidden = [".il-nav", ".il-footer", ".il-crumbs", ".kern-btn >> nth=0"]
    assert [name for name in hidden if page.locator(name).is_visible()] == []
    assert page.locator("h1").is_visible()


def test_errors_come_first_and_lead_to_their_field(page):
    page.get_by_role("button", name="Weiter", exact=True).first.click()
    page.locator("#errors:focus").wait_for()
    assert page.title().startswith("Fehler: Alle Teile – ")
    page.get_by_role("link", name="Wählen Sie aus.").click()
    assert page.evaluate("document.activeElement.id") == "name-0"
    assert page.get_attribute("#title", "aria-describedby") == "title-error"


def test_the_counter_says_what_is_left_near_the_end(page):
    page.fill("#text", "ä" * 195)
    page.locator("#text-count", has_text="Noch 5 Zeichen").wait_for()  # the module may still be loading
    hears(page, "Noch 5 Zeichen")
    page.fill("#text", "ä" * 203)
    assert page.inner_text("#text-count") == "3 Zeichen zu viel"
    assert page.input_value("#text") == "ä" * 203, "nothing typed is cut off"


def test_a_half_typed_form_is_not_left_by_accident(page):
    page.get_by_label("Titel").press_sequentially("Freie Parkplätze")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    with page.expect_event("dialog"):
        page.get_by_role("link", name="Impressum").click(no_wait_after=True)
    assert asked == ["beforeunload"]
    assert page.input_value("#title") == "Freie Parkplätze"


def test_support_needs_no_page_load_and_is_announced(page, doors):
    page.evaluate("window.same = true")
    page.get_by_role("button", name="Unterstützen").click()
    hears(page, "Unterstützt.")
    assert page.inner_text("#support span >> nth=-1") == "129 Stimmen"
    assert page.evaluate("document.activeElement.innerText.trim()") == "Zurücknehmen"
    assert page.evaluate("window.same") is True
    assert doors.posts == 1


def test_support_works_without_scripts(browser, doors):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(doors.address)
        page.get_by_role("button", name="Unterstützen").click()
        expect(page.get_by_role("button", name="Zurücknehmen")).to_have_count(1)
    assert doors.posts == 1


def held_back(page, held):
    """What the browser asks for in its own time."""
    for _step in range(PATIENCE // 20):
        if held:
            return held[0]
        page.wait_for_timeout(20)
    raise AssertionError("the browser never asked")


def test_a_picture_that_is_slow_does_not_keep_the_scripts_from_working(page, doors):
    """htmx that comes while the page is still loading has missed the event it begins with."""
    held = []

    def with_picture(route):
        page_of_pieces = route.fetch()
        text = page_of_pieces.text().replace("</main>", '<img src="/slow.png" alt=""></main>')
        route.fulfill(response=page_of_pieces, body=text)

    page.route("**/slow.png", lambda route: held.append(route))
    page.route(f"{doors.address}/", with_picture)
    page.goto(doors.address, wait_until="domcontentloaded")
    picture = held_back(page, held)
    page.locator("html:not([data-ready])").wait_for()
    picture.abort()
    page.wait_for_function(READY)
    page.get_by_role("button", name="Unterstützen").click()
    hears(page, "Unterstützt.")


def test_a_refusal_shows_its_reason(page):
    page.get_by_role("button", name="Verboten").click()
    page.get_by_role("heading", name="Das geht nicht").wait_for()
    assert "Die Frist endete am 27. Juni." in page.inner_text("main")


def test_a_choice_is_saved_and_announced(page, doors):
    page.check("#novelty-9")
    hears(page, "Gespeichert um 14:05 Uhr Noch 1 offen")
    assert state_of(page, "saved") == "Gespeichert um 14:05 Uhr"
    assert page.inner_text("[data-autosave-left]") == "Noch 1 offen"
    assert page.input_value('[name="revision"]') == "4"
    assert [(save["novelty"], save["revision"]) for save in doors.saves] == [("9", "3")]


def test_what_is_chosen_before_the_script_has_loaded_is_saved(page, doors):
    held = []
    page.route("**/autosave.*.js", lambda route: held.append(route))
    page.reload(wait_until="commit")
    page.check("#use-2")
    assert doors.saves == []
    held_back(page, held).continue_()
    state_of(page, "saved")
    assert [save["use"] for save in doors.saves] == ["2"]


def test_a_save_whose_answer_was_lost_is_repeated_not_doubled(page, doors):
    doors.lose_answer = True
    page.check("#novelty-6")
    state_of(page, "waiting")
    page.check("#use-3")
    state_of(page, "saved")
    page.wait_for_function(NOTHING_UNSENT)
    ids = [save["save_id"] for save in doors.saves]
    assert [save.get("use") for save in doors.saves] == [None, None, "3"]
    assert ids[0] == ids[1] != ids[2]
    assert doors.revision == 5


def test_without_network_everything_stays_and_is_sent_later(page, doors):
    page.context.set_offline(True)
    page.check("#novelty-6")
    assert state_of(page, "waiting").startswith("Keine Verbindung.")
    page.fill("#note", "Sehr schön")
    page.context.set_offline(False)
    state_of(page, "saved")
    page.wait_for_function(NOTHING_UNSENT)
    assert page.evaluate("Object.keys(localStorage)") == []
    assert doors.saves[-1]["note"] == "Sehr schön"
    assert doors.revision == 3 + len({save["save_id"] for save in doors.saves})


def test_unsent_points_survive_a_reload(page, doors):
    page.route("**/speichern", lambda route: route.abort())
    page.check("#use-4")
    state_of(page, "waiting")
    page.reload()
    page.locator("#use-4:checked").wait_for()
    page.unroute("**/speichern")
    state_of(page, "saved")
    assert doors.saves[-1]["use"] == "4"


def test_an_older_window_never_overwrites_a_newer_one(page, doors):
    doors.revision = 9
    page.check("#use-1")
    assert state_of(page, "conflict").startswith("In einem anderen Fenster steht etwas anderes.")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.install()
    page.check("#use-2")
    page.clock.run_for(60_000)
    assert asked == []
    assert len(doors.saves) == 1
    assert page.is_checked("#use-2")


@pytest.fixture
def film(tmp_path):
    file = tmp_path / "film.mp4"
    file.write_bytes(bytes(range(256)) * (81 * 1024))  # a little over 20 MB: three pieces
    return file


def test_a_file_travels_in_pieces_and_a_lost_one_is_sent_again(page, doors, film):
    page.goto(f"{doors.address}/?in")
    doors.lose_piece = True
    page.set_input_files("#files", film)
    page.locator('.il-file[data-state="done"]', has_text="film.mp4").wait_for()
    hears(page, "film.mp4: vollständig gesendet")
    assert max(doors.pieces) == EIGHT_MEGABYTES
    assert len(doors.pieces) == 3
    assert doors.checksum() == hashlib.sha256(film.read_bytes()).hexdigest()


def test_an_upload_can_be_paused_and_continued(page, doors, film):
    page.goto(f"{doors.address}/?in")
    hold = threading.Event()
    page.route("**/hochladen/1", lambda route: None if not hold.is_set() else route.continue_())
    page.set_input_files("#files", film)
    page.get_by_role("button", name="Anhalten: film.mp4").click()
    page.locator('.il-file[data-state="paused"]').wait_for()
    hold.set()
    page.get_by_role("button", name="Weiter: film.mp4").click()
    page.locator('.il-file[data-state="done"]', has_text="film.mp4").wait_for()
    assert doors.checksum() == hashlib.sha256(film.read_bytes()).hexdigest()
