"""Partners: the organisations that take part in a week."""
