from ideenlab.privacy.queries.own import Own, Row, own_data, takings_since
from ideenlab.privacy.queries.whose import NOBODYS, WHOSE

__all__ = ["NOBODYS", "WHOSE", "Own", "Row", "own_data", "takings_since"]
