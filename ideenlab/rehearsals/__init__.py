"""Rehearsals: a trial run with trial people, wiped whole."""
