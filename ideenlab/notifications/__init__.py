"""Who is told what: on the page, by mail at once or in a digest, each in their own language."""
