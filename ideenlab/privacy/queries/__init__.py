from ideenlab.privacy.queries.consents import Licence, hackathon_consents, licences_of, shown_seats
from ideenlab.privacy.queries.erased import list_of_erased, listed_rows, unlisted_rows
from ideenlab.privacy.queries.leaving import Belongings, IdeaFates, belongings_of, ideas_by_fate
from ideenlab.privacy.queries.objections import get_objection, objections, overdue_objections
from ideenlab.privacy.queries.own import Own, Row, is_of, names_people, own_data, takings_since
from ideenlab.privacy.queries.whose import NOBODYS, WHOSE

__all__ = [
    "NOBODYS", "WHOSE", "Belongings", "IdeaFates", "Licence", "Own", "Row", "belongings_of", "get_objection",
    "hackathon_consents", "ideas_by_fate", "is_of", "licences_of", "list_of_erased", "listed_rows", "names_people",
    "objections", "overdue_objections", "own_data", "shown_seats", "takings_since", "unlisted_rows",
]  # fmt: skip
