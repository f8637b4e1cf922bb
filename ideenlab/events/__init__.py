"""Events: the programme of a week, and who comes."""
