"""Archives: what remains of a hackathon – certificates, notes, export."""
