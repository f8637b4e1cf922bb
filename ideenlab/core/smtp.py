"""Mails leave by SMTP: with time limits, verified certificates, and every refusal told apart."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from ideenlab.config import Settings
from ideenlab.core.clock import now
from ideenlab.core.qr import qr_png

UNFOLDED = policy.default.clone(max_line_length=900)  # a folded address in a header comes out in pieces
TIMEOUT = 10  # seconds for each step


class Refused(Exception):
    """This one mail will never be taken: the address does not exist, the text is not wanted."""


class NotNow(Exception):
    """Not taken for the moment: try this mail again later."""


class LineDown(Exception):
    """The server cannot be reached or hung up: stop for now."""


class Postman:
    """A connection to the mail server that is opened when the first mail leaves."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._server: smtplib.SMTP | None = None

    def send(
        self, *, number: int, recipient: str, subject: str, text: str, unsubscribe_url: str = "", qr_text: str = ""
    ) -> None:
        """Returns only when the server has taken the mail. Raises Refused, NotNow or LineDown."""
        message = self._message(number, recipient, subject, text)
        if unsubscribe_url:  # RFC 8058: the reader's mail program posts there, without asking a page
            message["List-Unsubscribe"] = f"<{unsubscribe_url}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        if qr_text:
            _add_picture(message, qr_png(qr_text))
        server = self._reached()
        try:
            server.send_message(message, from_addr=self._sender, to_addrs=[recipient])
        except smtplib.SMTPRecipientsRefused as refused:
            self._tell_apart(*refused.recipients[recipient])
        except smtplib.SMTPDataError as refused:
            self._tell_apart(refused.smtp_code, refused.smtp_error)
        except smtplib.SMTPNotSupportedError as error:
            raise Refused(str(error)) from None
        except (smtplib.SMTPException, OSError) as error:
            self.hang_up()
            raise LineDown(f"{type(error).__name__}: {error}") from None

    def greet(self) -> None:
        """Only reach the server and sign in. Raises LineDown."""
        self._reached()

    def _reached(self) -> smtplib.SMTP:
        try:
            return self._connected()
        except (smtplib.SMTPException, OSError) as error:
            self.hang_up()
            raise LineDown(f"{type(error).__name__}: {error}") from None

    def _tell_apart(self, code: int, reason: bytes | str) -> None:
        said = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
        raise (Refused if code >= 500 else NotNow)(f"{code} {said}")

    @property
    def _sender(self) -> str:
        return parseaddr(self._settings.mail_from)[1]

    def _message(self, number: int, recipient: str, subject: str, text: str) -> EmailMessage:
        message = EmailMessage(policy=UNFOLDED)
        message["Subject"], message["From"], message["To"] = subject, self._settings.mail_from, recipient
        message["Date"] = format_datetime(now())
        message["Message-ID"] = f"<ideenlab.{number}@{self._sender.rpartition('@')[2]}>"  # the same when sent again
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        return message

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None:
            return self._server
        settings, context = self._settings, ssl.create_default_context()
        if settings.smtp_tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.smtp_host, settings.smtp_port, timeout=TIMEOUT, context=context
            )
        else:
            server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT)
        self._server = server
        if settings.smtp_tls == "starttls":
            server.starttls(context=context)
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        return server

    def hang_up(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()

    def say_goodbye(self) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        try:
            server.quit()
        except (smtplib.SMTPException, OSError):
            server.close()


def _add_picture(message: EmailMessage, png: bytes) -> None:
    """After the text, shown with it by most mail programs."""
    picture = EmailMessage(policy=policy.default)  # in lines as short as MIME wants them, whatever holds for headers
    picture.set_content(png, "image", "png", disposition="inline", filename="qr-code.png")
    del picture["MIME-Version"]  # is said once, by the whole
    message.make_mixed()
    message.attach(picture)


@contextmanager
def postman(settings: Settings) -> Iterator[Postman]:
    one = Postman(settings)
    try:
        yield one
    finally:
        one.say_goodbye()
