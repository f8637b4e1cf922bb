from ideenlab.privacy.queries.leaving import Belongings, IdeaFates, belongings_of, ideas_by_fate
from ideenlab.privacy.queries.own import Own, Row, is_of, names_people, own_data, takings_since
from ideenlab.privacy.queries.whose import NOBODYS, WHOSE

__all__ = [
    "NOBODYS", "WHOSE", "Belongings", "IdeaFates", "Own", "Row", "belongings_of", "ideas_by_fate", "is_of",
    "names_people", "own_data", "takings_since",
]  # fmt: skip
