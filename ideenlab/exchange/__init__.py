"""Exchange: the open ideas of other cities."""
