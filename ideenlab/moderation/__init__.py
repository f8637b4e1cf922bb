"""Hiding and restoring what breaks the rules, with reasons."""
