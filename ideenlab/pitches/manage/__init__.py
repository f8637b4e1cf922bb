"""Organisers open the gallery, put it in order, and steer the stage."""

from ideenlab.pitches.manage import gallery, plan
from ideenlab.pitches.manage.door import blueprint

__all__ = ["blueprint", "gallery", "plan"]
