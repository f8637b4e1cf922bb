"""Stored uploads: arriving in pieces, checked by content, given out only as attachments."""
