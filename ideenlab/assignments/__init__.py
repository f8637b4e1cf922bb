"""Assignments: a proposal who works with whom, so that nobody is left alone."""
