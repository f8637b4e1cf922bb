"""Trails: what became of an idea, hop by hop."""
