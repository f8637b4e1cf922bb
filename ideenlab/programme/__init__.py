"""Editions of the week and their topics."""
