import socket
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.qr import qr_png
from ideenlab.core.security import city
from ideenlab.mail.actions import PAUSES, claim_mail, queue_mail, send_mails
from ideenlab.mail.models import Mail
from ideenlab.privacy.actions import retain
from tests.mail.servers import mail_server

HOUR = timedelta(hours=1)


@pytest.fixture
def server():
    with mail_server() as (letterbox, port):
        letterbox.port = port
        yield letterbox


def settings(port=0, **more):
    return replace(city(), smtp_host="127.0.0.1", smtp_port=port, smtp_tls="none", mail_from="Lab <lab@x.de>", **more)


def a_mail(recipient="eva@example.org", **values):
    with transaction():
        mail = Mail(**{"recipient": recipient, "subject": "Grüße", "text": "Schöne Idee.\n", **values})
        db.session.add(mail)
    return mail.id


def mail(number):
    db.session.rollback()
    return db.session.get_one(Mail, number)


def test_what_waits_is_sent_once(app, server):
    first, second = a_mail(), a_mail("ole@example.org")
    assert send_mails(settings(server.port)) == {"sent": 2, "later": 0, "given_up": 0}
    assert send_mails(settings(server.port)) == {"sent": 0, "later": 0, "given_up": 0}
    assert server.recipients == [["eva@example.org"], ["ole@example.org"]]
    assert mail(first).sent_at is not None
    assert mail(second).claimed_until is None
    sent = server.mails[0]
    assert (sent["Subject"], sent["To"], sent["From"]) == ("Grüße", "eva@example.org", "Lab <lab@x.de>")
    assert sent["Message-ID"] == f"<ideenlab.{first}@x.de>"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent.get_content().replace("\r\n", "\n") == "Schöne Idee.\n"


def test_a_mail_that_may_be_stopped_says_how_to_mail_programs(app, server):
    address = "https://ideenlab.example.org/abbestellen/123456-comments-followed-new_ideas.9J5K0cTz8sXk3v1wYqPzR4uLmNoA1bCdEfG"
    a_mail(unsubscribe_url=address)
    a_mail()
    send_mails(settings(server.port))
    stoppable, other = server.mails
    assert stoppable["List-Unsubscribe"] == f"<{address}>"
    assert stoppable["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert other["List-Unsubscribe"] is None
    assert f"<{address}>" in server.raw[0].decode("latin-1")  # not folded or encoded, which programs would not read


def test_a_qr_code_goes_along_as_a_picture_and_the_text_stays_the_first_part(app, server):
    address, words = "https://x.de/#code=ABCDE", "Ihr Code: ABCDE\n"
    with transaction():
        queue_mail(recipient="eva@example.org", subject="Ticket", text=words, qr_text=address)
    send_mails(settings(server.port))
    [sent] = server.mails
    text, picture = sent.iter_parts()
    assert (sent.get_content_type(), text.get_content_type()) == ("multipart/mixed", "text/plain")
    assert text.get_content().replace("\r\n", "\n") == words
    assert (picture.get_content_type(), picture.get_content_disposition()) == ("image/png", "inline")
    assert picture.get_content() == qr_png(address)
    assert max(len(line) for line in server.raw[0].partition(b"image/png")[2].split(b"\r\n")) <= 76


def test_nothing_is_lost_while_no_server_answers(app, server):
    number = a_mail()
    with socket.create_server(("127.0.0.1", 0)) as unused:
        refusing = unused.getsockname()[1]
    start = now()
    with time_machine.travel(start, tick=False) as clock:
        for pause in [*PAUSES, PAUSES[-1]]:
            assert send_mails(settings(refusing)) == {"sent": 0, "later": 1, "given_up": 0}
            assert mail(number).due_at == now() + pause
            assert send_mails(settings(refusing)) == {"sent": 0, "later": 0, "given_up": 0}
            clock.shift(pause)
        assert send_mails(settings(server.port)) == {"sent": 1, "later": 0, "given_up": 0}
    assert len(server.mails) == 1


def test_after_two_days_a_mail_is_given_up(app):
    number = a_mail(created_at=now() - 48 * HOUR)
    assert send_mails(settings(1)) == {"sent": 0, "later": 0, "given_up": 1}
    assert mail(number).given_up_at is not None
    assert mail(number).last_error.startswith("ConnectionRefusedError")
    assert send_mails(settings(1)) == {"sent": 0, "later": 0, "given_up": 0}


def test_a_server_that_is_down_is_asked_once_a_round_and_the_others_do_not_wait_longer(app, server):
    a_mail(), a_mail(), a_mail()
    assert send_mails(settings(1)) == {"sent": 0, "later": 1, "given_up": 0}
    assert send_mails(settings(server.port)) == {"sent": 2, "later": 0, "given_up": 0}


def test_a_refused_address_is_given_up_and_the_others_get_their_mail(app, server):
    server.refused = {"nobody@example.org"}
    first, refused, last = a_mail(), a_mail("nobody@example.org"), a_mail("ole@example.org")
    assert send_mails(settings(server.port)) == {"sent": 2, "later": 0, "given_up": 1}
    assert mail(refused).last_error == "550 5.1.1 no such person"
    assert mail(first).sent_at is not None
    assert mail(last).sent_at is not None


def test_a_busy_server_gets_the_mail_later(app, server):
    server.answers = ["451 4.3.0 busy"]
    number = a_mail()
    assert send_mails(settings(server.port)) == {"sent": 0, "later": 1, "given_up": 0}
    with time_machine.travel(now() + PAUSES[0]):
        assert send_mails(settings(server.port)) == {"sent": 1, "later": 0, "given_up": 0}
    assert (mail(number).tries, len(server.mails)) == (2, 1)


@pytest.mark.parametrize(
    ("answer", "outcome"), [("452 4.2.2 full", "later"), ("554 5.6.0 not wanted", "given_up")]
)  # fmt: skip
def test_an_answer_after_the_text_counts_like_one_before(app, server, answer, outcome):
    server.data_answers = [answer]
    a_mail(), a_mail("ole@example.org")
    numbers = send_mails(settings(server.port))
    assert numbers == {"sent": 1, "later": 0, "given_up": 0, outcome: 1}


def test_a_line_that_drops_after_the_text_means_once_more_with_the_same_message_id(app, server):
    server.hangs_up = True
    number = a_mail()
    assert send_mails(settings(server.port)) == {"sent": 0, "later": 1, "given_up": 0}
    with time_machine.travel(now() + PAUSES[0]):
        assert send_mails(settings(server.port)) == {"sent": 1, "later": 0, "given_up": 0}
    assert server.mails[0]["Message-ID"] == f"<ideenlab.{number}@x.de>"


def test_a_server_that_never_answers_costs_one_time_limit(app, monkeypatch):
    monkeypatch.setattr("ideenlab.core.smtp.TIMEOUT", 0.2)
    a_mail()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        numbers = send_mails(settings(silent.getsockname()[1]))
    assert numbers == {"sent": 0, "later": 1, "given_up": 0}


def test_a_server_that_cannot_encrypt_gets_nothing_where_that_is_asked_for(app, server):
    a_mail()
    over_tls = replace(settings(server.port), smtp_tls="starttls")
    assert send_mails(over_tls)["later"] == 1
    assert server.mails == []


def test_what_a_killed_worker_had_in_hand_is_taken_up_after_its_lease(app, server):
    a_mail()
    assert claim_mail() is not None
    assert claim_mail() is None
    assert send_mails(settings(server.port))["sent"] == 0
    with time_machine.travel(now() + timedelta(minutes=6)):
        assert send_mails(settings(server.port))["sent"] == 1
    assert len(server.mails) == 1


def test_four_workers_send_each_mail_once(app, server):
    for number in range(20):
        a_mail(f"person{number}@example.org")
    chosen, start, done = settings(server.port), threading.Barrier(4), []

    def work():
        with app.app_context():
            start.wait()
            done.append(send_mails(chosen)["sent"])
            db.session.remove()

    workers = [threading.Thread(target=work) for _number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(done) == 20
    assert sorted(recipient for [recipient] in server.recipients) == sorted(f"person{n}@example.org" for n in range(20))


def test_the_worker_stops_between_two_mails_when_told(app, server):
    a_mail(), a_mail()
    told = iter([False, True])
    assert send_mails(settings(server.port), stopped=lambda: next(told))["sent"] == 1


def test_without_a_mail_server_mails_go_to_the_log(app, caplog):
    a_mail()
    assert send_mails(city())["sent"] == 1
    assert "eva@example.org: Grüße" in caplog.text


def test_in_a_demo_city_mails_stay_in_the_mailbox_and_out_of_the_log(app, caplog):
    number = a_mail()
    assert send_mails(replace(city(), demo=True))["sent"] == 1
    assert "Schöne Idee" not in caplog.text
    assert mail(number).text == "Schöne Idee.\n"


def test_the_same_thing_is_told_once(app):
    for _time in range(2):
        with transaction():
            queue_mail(recipient="a@x.de", subject="One\nline", text="text", once_key="result 1")
    [only] = db.session.query(Mail).all()
    assert only.subject == "One line"


def test_what_was_sent_yesterday_loses_address_and_text(app):
    old, fresh, waiting = now() - 25 * HOUR, now() - 23 * HOUR, now() - 40 * HOUR
    a_mail(sent_at=old), a_mail(given_up_at=old)
    kept, due = a_mail(sent_at=fresh), a_mail(created_at=waiting)
    told = a_mail(sent_at=old, once_key="told once")
    with transaction():
        gone = retain()
    assert (gone["mails"], gone["mails that are sent once"]) == (2, 1)
    db.session.rollback()
    assert [row.id for row in db.session.query(Mail).order_by(Mail.id)] == [kept, due, told]
    emptied = mail(told)
    assert (emptied.recipient, emptied.subject, emptied.text, emptied.once_key) == ("", "", "", "told once")
