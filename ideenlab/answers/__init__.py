"""How the city deals with ideas: statuses, official answers, and what came of a call in figures."""
