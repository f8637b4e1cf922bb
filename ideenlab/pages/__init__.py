"""Pages that show things of every floor: start, Mein Bereich, help."""
