"""The way in by mail: a code, a link to a new password. Whoever asks cannot tell who has an account."""

from ideenlab.accounts.actions.letters import write_to_address, write_to_person
from ideenlab.accounts.actions.sign_up import ask_guardian, send_confirmation
from ideenlab.accounts.actions.tokens import issue_token
from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import code_secret, find_person_by_email
from ideenlab.core.security import new_code


def send_sign_in_code(email: str, *, browser: str) -> None:
    """Mail a code that works in this browser – or say by mail why there is none."""
    person = find_person_by_email(email)
    if person is None or person.state == "closed":
        write_to_address(email, "no_account")
    elif person.state == "active":
        code = new_code()
        issue_token(person, purpose="sign_in", address=email, secret=code_secret(browser, code))
        write_to_person(person, "sign_in_code", code=code)
    else:
        _remind(person)


def send_password_link(email: str) -> None:
    """Mail a link to a page for a new password – or say by mail why there is none."""
    person = find_person_by_email(email)
    if person is None or person.state == "closed":
        write_to_address(email, "no_account")
    elif person.state == "active":
        link = issue_token(person, purpose="password", address=email)
        write_to_person(person, "new_password", link=link)
    else:
        _remind(person)


def send_fresh_code(person: Person, *, browser: str) -> None:
    """Mail a code to a signed-in person who is to show that the mailbox is theirs."""
    code = new_code()
    issue_token(person, purpose="fresh", address=person.email or "", secret=code_secret(browser, code))
    write_to_person(person, "fresh_code", code=code)


def _remind(person: Person) -> None:
    if person.state == "waiting_for_guardian":
        ask_guardian(person)
        write_to_person(person, "waiting_for_guardian")
    else:
        send_confirmation(person, browser="")
