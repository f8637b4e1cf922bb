from ideenlab.city.maths.colours import (
    LIGHT_PAGES,
    OURS,
    READABLE,
    Shades,
    contrast,
    css_of,
    lowest_contrast,
    nearest_that_passes,
    read_colour,
    sample_css,
    shades_of,
)
from ideenlab.city.maths.outlines import (
    KEPT_POINTS,
    KEPT_RINGS,
    MICRO,
    MOST_POINTS,
    WIDTH,
    BadOutline,
    Box,
    Projection,
    area_of,
    box_of,
    kept_rings,
    path_of,
    projection_of,
    read_outline,
    simplified,
    written_outline,
)

__all__ = [
    "KEPT_POINTS", "KEPT_RINGS", "LIGHT_PAGES", "MICRO", "MOST_POINTS", "OURS", "READABLE", "WIDTH", "BadOutline",
    "Box", "Projection", "Shades", "area_of", "box_of",
    "contrast", "css_of", "kept_rings", "lowest_contrast", "nearest_that_passes", "path_of", "projection_of",
    "read_colour", "read_outline", "sample_css", "shades_of", "simplified", "written_outline",
]  # fmt: skip
