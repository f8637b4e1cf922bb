from typing import Any

from wtforms import BooleanField

from ideenlab.core.forms import After, Day, Form, Limit, Line, Required, Revised, Text
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.programme.actions import LONGEST_TOPIC, MOST_TOPICS, what_comes_along


class EditionForm(Revised):
    title = Line(_l("Title"), validators=[Required(), Limit(120)])
    motto = Line(_l("Motto"), validators=[Limit(200)])
    summary = Line(_l("In one or two sentences"), validators=[Limit(300)])
    description = Text(_l("What the week is about"), validators=[Limit(20_000)])
    starts_on = Day(_l("First day"), validators=[Required()])
    ends_on = Day(_l("Last day"), validators=[Required(), After("starts_on", same_allowed=True)])


class CopyForm(Form):
    title = Line(_l("Title"), validators=[Required(), Limit(120)])
    motto = Line(_l("Motto"), validators=[Limit(200)])
    starts_on = Day(_l("First day"), validators=[Required()])
    partners = BooleanField(_l("Partners with their roles"), default=True)
    calls = BooleanField(
        _l("Calls for ideas"), default=True,
        description=_l("All dates move by whole weeks. Everybody sees them as coming soon."),
    )  # fmt: skip
    hackathons = BooleanField(
        _l("Hackathons, not published"), default=True,
        description=_l("Texts, questions and agenda. All dates move by whole weeks."),
    )  # fmt: skip
    events = BooleanField(
        _l("Events as drafts"), default=False, description=_l("All dates move by whole weeks. Nobody is signed up.")
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.offered = [name for name in ("partners", "calls", "hackathons", "events") if name in what_comes_along()]
        for name in {"partners", "calls", "hackathons", "events"} - set(self.offered):
            del self[name]

    def along(self) -> list[str]:
        """What other rooms take along."""
        return [name for name in self.offered if self[name].data]


class TopicsForm(Revised):
    topics = Text(
        _l("Topics, one per line"), validators=[Required(), Limit(MOST_TOPICS * (LONGEST_TOPIC + 1))],
        description=_l(
            "Change a line to rename a topic. A topic under which ideas or events are filed cannot be removed."
        ),
    )  # fmt: skip
