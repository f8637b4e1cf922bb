"""Hackathons, their windows in time, and who is registered."""
