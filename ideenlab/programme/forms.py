from ideenlab.core.forms import After, Day, Form, Limit, Line, Required, Text
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.programme.actions import LONGEST_TOPIC, MOST_TOPICS


class EditionForm(Form):
    title = Line(_l("Title"), validators=[Required(), Limit(120)])
    motto = Line(_l("Motto"), validators=[Limit(200)])
    starts_on = Day(_l("First day"), validators=[Required()])
    ends_on = Day(_l("Last day"), validators=[Required(), After("starts_on", same_allowed=True)])


class TopicsForm(Form):
    topics = Text(
        _l("Topics, one per line"), validators=[Required(), Limit(MOST_TOPICS * (LONGEST_TOPIC + 1))],
        description=_l("Change a line to rename a topic. A topic under which ideas are filed cannot be removed."),
    )  # fmt: skip
