"""Fits: whether a prototype meets the idea it grew from, in the eyes of those who had it."""
