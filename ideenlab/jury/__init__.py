"""The jury: criteria, ballots, the ranking and the published result."""
