"""Calls for ideas, the ideas, and who supports them."""
