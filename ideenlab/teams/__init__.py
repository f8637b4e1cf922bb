"""Teams: founding, joining by code, leaving."""
