"""Challenges: what teams may work on, from partners or grown out of ideas."""
