"""Insights: the figures of a week, as pictures with a table behind each."""
