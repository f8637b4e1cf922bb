from datetime import UTC, datetime

from ideenlab.core.i18n import exact_moment, gettext, speaking
from ideenlab.core.templates import written


def test_the_same_values_are_written_out_once_in_each_language(app):
    links = (("Hilfe", "/hilfe"),)

    with app.test_request_context("/"):
        first, again = (written("layouts/_footer.html", "footer", links) for _ in range(2))
        word = gettext("About this site")
    assert first is again
    assert word in first
    assert 'aria-label="About this site"' not in first
    assert 'aria-label="About this site"' in app.test_client().get("/en/impressum").text


def test_other_values_are_written_out_anew_and_made_safe(app):
    with app.test_request_context("/"):
        first, second = (written("layouts/_footer.html", "footer", ((name, "/"),)) for name in ("<b>", "Hilfe"))
    assert "&lt;b&gt;" in first
    assert "Hilfe" in second


def test_an_exact_moment_names_its_zone_in_both_languages(app):
    summer, winter = datetime(2027, 6, 1, 10, tzinfo=UTC), datetime(2027, 12, 1, 10, tzinfo=UTC)
    with app.test_request_context():
        with speaking("en"):
            assert (exact_moment(summer)[-6:], exact_moment(winter)) == ("(CEST)", "1 December 2027, 11:00:00 (CET)")
        with speaking("de"):
            assert exact_moment(winter) == "1. Dezember 2027, 11:00:00 Uhr (MEZ)"
