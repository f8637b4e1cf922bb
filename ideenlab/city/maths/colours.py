"""The city's colour: whether it can be read, measured by the formula of WCAG 2.2, and the shades made of it.

Links and buttons carry the colour, on the page and on its hued surfaces, in light and in dark. The dark shade is mixed
with white until it can be read there; a colour that is too pale for the light page is refused.
"""

import re
from functools import lru_cache
from typing import NamedTuple

READABLE = 4.5  # 1.4.3, text of any size
LIGHT_PAGES = ("#ffffff", "#f3f4f7")  # the page and its hued surface, as KERN has them
DARK_PAGES = ("#000000", "#131525", "#1d2034")
OURS, OURS_IN_THE_DARK = "#00695c", "#80cbc4"  # of static/css/tokens.css: what is worn where a city has chosen nothing
STEPS = 200
Colour = tuple[int, int, int]


class Shades(NamedTuple):
    """The colour on the light and on the dark page, what is written upon it, and a tint for surfaces."""

    light: str
    on_light: str
    light_tint: str
    dark: str
    on_dark: str
    dark_tint: str
    light_ratio: float  # the lowest of its contrasts there
    dark_ratio: float


def read_colour(text: str) -> str | None:
    """`#00695C`, `00695c` or `#06c` as `#00695c`; None where it is no colour."""
    digits = text.strip().removeprefix("#").lower()
    if re.fullmatch("[0-9a-f]{3}", digits):
        digits = "".join(2 * digit for digit in digits)
    return f"#{digits}" if re.fullmatch("[0-9a-f]{6}", digits) else None


def luminance(colour: str) -> float:
    """The relative luminance, 0 for black and 1 for white."""
    parts = [value / 255 for value in _parts(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21, whichever of the two is the lighter one."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lowest_contrast(colour: str, pages: tuple[str, ...]) -> float:
    return min(contrast(colour, page) for page in pages)


def nearest_that_passes(colour: str, pages: tuple[str, ...], towards: str) -> str:
    """The colour with as little black or white in it as it takes to be read on all these pages."""
    mixes = (_mixed(colour, towards, step / STEPS) for step in range(STEPS + 1))
    return next(mix for mix in mixes if lowest_contrast(mix, pages) >= READABLE)


@lru_cache(maxsize=32)
def shades_of(accent: str) -> Shades:
    """Everything that the stylesheet needs. The colour as it stands must be readable on the light page."""
    dark = OURS_IN_THE_DARK if accent == OURS else nearest_that_passes(accent, DARK_PAGES, "#ffffff")
    return Shades(
        light=accent, on_light=_on(accent), light_tint=_mixed(accent, "#ffffff", 0.9),
        dark=dark, on_dark=_on(dark), dark_tint=_mixed(dark, "#000000", 0.78),
        light_ratio=lowest_contrast(accent, LIGHT_PAGES), dark_ratio=lowest_contrast(dark, DARK_PAGES),
    )  # fmt: skip


@lru_cache(maxsize=32)
def css_of(accent: str) -> str:
    """The tokens of `static/css/tokens.css` that belong to the city."""
    shades = shades_of(accent)
    light = _tokens(shades.light, shades.on_light, shades.light_tint, "white 8%", "white 16%")
    dark = _tokens(shades.dark, shades.on_dark, shades.dark_tint, "black 12%", "black 24%")
    return (
        f"@media print, (prefers-color-scheme: light) {{ :root {{ {light} }} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
    )


@lru_cache(maxsize=32)
def sample_css(accent: str) -> str:
    """For the preview: both pages beside each other, whatever the browser likes."""
    shades = shades_of(accent)
    return "\n".join(
        f".il-sample--{name} {{ background: {page}; color: {text}; padding: 1rem; }}\n"
        f".il-sample--{name} .il-sample__link {{ color: {colour}; text-decoration: underline; }}\n"
        f".il-sample--{name} .il-sample__button {{ display: inline-block; padding: .5rem 1rem; margin-top: .5rem; "
        f"background: {colour}; color: {on}; border-radius: 4px; font-weight: 600; }}\n"
        f".il-sample--{name} .il-sample__tint {{ margin-top: .5rem; padding: .5rem 1rem; background: {tint}; }}\n"
        for name, page, text, colour, on, tint in (
            ("light", LIGHT_PAGES[0], "#131525", shades.light, shades.on_light, shades.light_tint),
            ("dark", DARK_PAGES[0], "#f3f4f7", shades.dark, shades.on_dark, shades.dark_tint),
        )
    )


def _tokens(colour: str, on: str, tint: str, hover: str, active: str) -> str:
    return (
        f"--kern-color-action-default: {colour}; --kern-color-action-on-default: {on}; "
        f"--kern-color-decorative-brand-default: {colour}; "
        f"--kern-color-action-state-indicator-shade-hover: color-mix(in oklch, {colour}, {hover}); "
        f"--kern-color-action-state-indicator-shade-active: color-mix(in oklch, {colour}, {active}); "
        f"--il-tint: {tint};"
    )


def _on(colour: str) -> str:
    return max("#ffffff", "#000000", key=lambda text: contrast(colour, text))


def _parts(colour: str) -> Colour:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (another - one) * share):02x}" for one, another in pairs)
