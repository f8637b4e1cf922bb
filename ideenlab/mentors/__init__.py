"""Mentors: who helps the teams, and who asked for help."""
