"""Feedback: what every team takes home from the jury."""
