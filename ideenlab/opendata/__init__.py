"""Open data: what machines may read, and how it is described."""
