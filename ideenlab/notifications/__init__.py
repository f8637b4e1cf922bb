"""Who is told what: one mail in the reader's language."""
