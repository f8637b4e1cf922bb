"""A believable city to try everything in."""
