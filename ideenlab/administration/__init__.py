"""Administration: what keeps the house running, for administrators."""
