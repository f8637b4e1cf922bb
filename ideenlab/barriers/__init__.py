"""Barriers: what keeps somebody from using these pages, reported without an account."""
