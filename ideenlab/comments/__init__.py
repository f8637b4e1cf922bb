"""Threads of comments, without knowing what they are about."""
