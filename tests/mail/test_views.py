import re
from dataclasses import replace

import pytest

from ideenlab.core.db import db, transaction
from ideenlab.mail.models import Mail


@pytest.fixture
def demo(app):
    kept = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(kept, demo=True)
    yield app
    app.config["SETTINGS"] = kept


def a_mail(text, subject="Betreff"):
    with transaction():
        mail = Mail(recipient="a@x.de", subject=subject, text=text)
        db.session.add(mail)
    return mail.id


def test_in_a_demo_city_everybody_reads_the_mails_latest_first(demo, client):
    assert "Noch keine E-Mails" in client.get("/demo/postfach").text
    a_mail("one", "Erste"), a_mail("two", "Zweite")
    page = client.get("/demo/postfach").text
    assert page.index("Zweite") < page.index("Erste")


def test_a_picture_that_goes_along_is_shown(demo, client):
    number = a_mail("Ihr Ticket")
    assert "<img" not in client.get(f"/demo/postfach/{number}").text
    with transaction():
        db.session.get_one(Mail, number).qr_text = "https://x.de/#code=ABCDE"
    assert 'src="data:image/svg+xml' in client.get(f"/demo/postfach/{number}").text


def test_only_our_own_links_can_be_clicked(demo, client):
    text = "Hier: http://localhost/anmelden?a=1&b=2\nNicht: https://evil.example/ <script>alert(1)</script>"
    page = client.get(f"/demo/postfach/{a_mail(text)}").text
    links = re.findall(r'<a class="kern-link" href="([^"]+)">http', page)
    assert links == ["http://localhost/anmelden?a=1&amp;b=2"]
    assert "<script>alert" not in page


@pytest.mark.parametrize("number", [999, 2**31, 10**30])
def test_a_mail_that_is_not_there_is_not_found(demo, client, number):
    assert client.get(f"/demo/postfach/{number}").status_code == 404


def test_outside_of_a_demo_city_there_is_no_mailbox(app, client):
    number = a_mail("secret")
    assert client.get("/demo/postfach").status_code == 404
    assert client.get(f"/demo/postfach/{number}").status_code == 404


def test_where_mails_really_leave_there_is_no_mailbox(demo, client):
    demo.config["SETTINGS"] = replace(demo.config["SETTINGS"], smtp_host="mail.example.org")
    assert client.get("/demo/postfach").status_code == 404
