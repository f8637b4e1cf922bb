from ideenlab.city.rules.laender import LAENDER, Land, answer_days, corrected, land_here, land_of
from ideenlab.city.rules.people import may_change_settings, may_keep_glossary, may_manage_districts
from ideenlab.city.rules.settings import GROUPS, checked, group_names

__all__ = [
    "GROUPS", "LAENDER", "Land", "answer_days", "checked", "corrected", "group_names", "land_here", "land_of",
    "may_change_settings", "may_keep_glossary", "may_manage_districts",
]  # fmt: skip
