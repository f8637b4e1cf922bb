"""Whoever is signed in shows once more that it is them, before what matters."""

from ideenlab.accounts import actions
from ideenlab.accounts.access import me
from ideenlab.accounts.forms import AddressForm, ProofForm
from ideenlab.accounts.models import Person
from ideenlab.accounts.views.common import slowed, this_browser, try_once
from ideenlab.core.i18n import gettext as _
from ideenlab.core.passwords import is_password
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.core.web import begin_writing


def is_owner(password: str) -> Verdict:
    """Whether this is the password of the signed-in person; wrong ones are counted as at the door."""
    trying = slowed("password", me().email or "")
    kept = me().password_hash
    verdict = try_once(trying)
    if not verdict:
        return verdict
    if not is_password(password, kept):
        return no(_("This password is not right."))
    return YES


def is_me(form: AddressForm | ProofForm, person: Person) -> Verdict:
    """Checks password or code; from then on the request writes."""
    if form.password.data:
        verdict = is_owner(form.password.data)
        begin_writing()
        if verdict:
            actions.forget_tries(slowed("password", person.email or ""))
        return verdict
    if not form.code.data:
        return no(_("Please enter your password, or a code that we send to your present address."))
    return has_code(form.code.data, person)


def has_code(code: str, person: Person) -> Verdict:
    """Checks the code that went to the mailbox; from then on the request writes."""
    trying = slowed("fresh code", person.email or "")
    verdict = try_once(trying)
    if not verdict:
        return verdict
    begin_writing()
    if actions.redeem_code(browser=this_browser(), code=code, purpose="fresh") is not person:
        return no(_("This code is not right, or it is older than 10 minutes."))
    actions.forget_tries(trying)
    return YES
