"""Deliberations: the jury talks about what the ballots say, and writes down why."""
