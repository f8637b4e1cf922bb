"""Ideas, calls and topics are followed; who follows a call or a topic hears of each new idea in it."""

from ideenlab.accounts.models import Person
from ideenlab.core.verdict import require
from ideenlab.ideas.models import Call, Idea
from ideenlab.ideas.rules import may_follow
from ideenlab.notifications.actions import follow, tell_followers, unfollow
from ideenlab.programme.models import Topic

Followed = Idea | Call | Topic


def follow_thing(person: Person, *, thing: Followed) -> None:
    require(may_follow(person, thing))
    follow(person, thing)


def unfollow_thing(person: Person, *, thing: Followed) -> None:
    """Always possible, also when the thing can no longer be seen."""
    unfollow(person, thing)


def announce_idea(idea: Idea) -> None:
    """Its author follows an idea from its publication on; followers of its call and its topic hear of it once."""
    if idea.author:
        follow(idea.author, idea)
    but = [idea.author] if idea.author else []
    for thing in (idea.call, idea.topic):
        if thing is not None:
            tell_followers(
                thing, "ideas/new_idea", kind="new_ideas", once=f"idea-{idea.id}", but=but,
                detail=idea.excerpt, idea=idea, place=thing,
            )  # fmt: skip
