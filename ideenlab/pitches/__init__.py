"""Pitches: in which order the teams present, and what the hall sees."""
