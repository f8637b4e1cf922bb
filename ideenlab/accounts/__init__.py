"""People: signing up, signing in, roles, who may open which page."""
