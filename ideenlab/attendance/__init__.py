"""Attendance: a place at something that is held – waiting list, ticket, check-in."""
