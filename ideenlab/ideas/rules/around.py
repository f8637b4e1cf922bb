"""What stands around an idea: pictures, people who write along, tags."""

from datetime import datetime

from ideenlab.accounts.models import STAFF, Person
from ideenlab.accounts.rules import may_write
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.ideas.models import MOST_CO_AUTHORS, MOST_IMAGES, Idea
from ideenlab.ideas.queries import co_author_state
from ideenlab.ideas.rules.ideas import may_edit_idea, may_read_text, not_there
from ideenlab.ideas.rules.people import is_named


def may_add_image(person: Person, idea: Idea, now: datetime) -> Verdict:
    if not idea.call.takes_images:
        return no(_("This call does not take pictures."))
    if idea.image_count >= MOST_IMAGES:
        return no(_("An idea has at most %(most)s pictures.", most=MOST_IMAGES))
    return may_edit_idea(person, idea, now)


def may_see_image(person: Person | None, idea: Idea) -> Verdict:
    """Pictures go the way of the text."""
    return may_read_text(person, idea)


def may_invite(person: Person, idea: Idea, now: datetime) -> Verdict:
    if idea.author_id != person.id:
        return no(_("Only the person who gave an idea can ask others to write along."))
    if not idea.call.takes_co_authors:
        return no(_("In this call, ideas are written by one person."))
    if idea.state not in ("draft", "waiting", "published"):
        return not_there(idea)
    if idea.co_author_count >= MOST_CO_AUTHORS:
        return no(_("At most %(most)s people can write along.", most=MOST_CO_AUTHORS))
    return may_write(person, now)


def may_answer_invitation(person: Person, idea: Idea, now: datetime) -> Verdict:
    if co_author_state(person, idea) != "invited":
        return no(_("There is no open invitation for you here."))
    if idea.state not in ("draft", "waiting", "published"):
        return not_there(idea)
    return YES


def may_leave_idea(person: Person, idea: Idea) -> Verdict:
    return YES if is_named(person, idea) else no(_("You do not write along with this idea."))


def may_remove_co_author(person: Person, idea: Idea) -> Verdict:
    if idea.author_id == person.id:
        return YES
    return no(_("Only the person who gave an idea can change who writes along."))


def may_tag(person: Person, idea: Idea) -> Verdict:
    if not person.has_role(*STAFF):
        return no(_("Only the moderation gives tags."))
    return YES if idea.state in ("published", "waiting", "hidden", "merged") else not_there(idea)


def may_manage_tags(person: Person) -> Verdict:
    return YES if person.has_role(*STAFF) else no(_("Only the moderation gives tags."))
