"""Audience: the prize that hall and stream vote for."""
