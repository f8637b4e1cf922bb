"""A real mail server on a free port that answers as a test wants it to."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Letterbox:
    """Takes mails. `answers` are given to RCPT one after the other, `data_answers` after DATA; then all is well."""

    def __init__(self):
        self.mails, self.recipients, self.raw = [], [], []
        self.answers, self.data_answers, self.refused, self.hangs_up = [], [], set(), False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 5.1.1 no such person"
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.hangs_up:
            self.hangs_up = False
            server.transport.close()
            return "250 never seen"
        if self.data_answers:
            return self.data_answers.pop(0)
        self.raw.append(envelope.content)
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients.append(envelope.rcpt_tos)
        return "250 OK"


class OnLocalhost(Controller):
    def factory(self):
        return SMTP(self.handler, hostname="localhost", enable_SMTPUTF8=False)

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]  # the free one that was found
        super()._trigger_server()


@contextmanager
def mail_server() -> Iterator[tuple[Letterbox, int]]:
    letterbox = Letterbox()
    controller = OnLocalhost(letterbox, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield letterbox, controller.port
    finally:
        controller.stop()
