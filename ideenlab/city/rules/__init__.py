from ideenlab.city.rules.laender import LAENDER, Land, answer_days, land_of
from ideenlab.city.rules.people import may_change_settings, may_keep_glossary, may_manage_districts
from ideenlab.city.rules.settings import GROUPS, checked, group_names

__all__ = [
    "GROUPS", "LAENDER", "Land", "answer_days", "checked", "group_names", "land_of", "may_change_settings",
    "may_keep_glossary", "may_manage_districts",
]  # fmt: skip
