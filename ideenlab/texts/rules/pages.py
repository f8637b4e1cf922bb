"""The pages whose words are the city's own, and what may stand in braces on them."""

from ideenlab.city.rules import answer_days, land_here
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import city

PAGES = ("imprint", "privacy", "accessibility", "moderation", "help", "press", "plain", "signs")
ADDED = ("imprint", "privacy", "accessibility", "moderation")  # the city's words stand beside what is always there


def page_titles() -> dict[str, str]:
    return {
        "imprint": _("Imprint"), "privacy": _("Privacy"), "accessibility": _("Accessibility"),
        "moderation": _("How we moderate"), "help": _("How it works"), "press": _("Press"),
        "plain": _("Plain language"), "signs": _("Sign language"),
    }  # fmt: skip


def page_title(name: str) -> str:
    return page_titles()[name]


def in_use() -> dict[str, str]:
    """What each name in braces stands for at this moment."""
    settings = city()
    land = land_here()
    return {
        "stadt": settings.city_name, "anschrift": settings.city_address, "telefon": settings.city_phone,
        "mail": settings.city_email, "vertreten-durch": settings.city_head, "verantwortlich": settings.editor_name,
        "datenschutz": settings.protection_officer, "aufsicht": settings.protection_authority,
        "land": land.name if land else "", "gesetz": land.statute if land else "",
        "durchsetzung": land.enforcement if land else "", "tage": str(answer_days()),
        "stunden": str(settings.hours_for_reports), "adresse": settings.base_url,
    }  # fmt: skip


def placeholder_names() -> dict[str, str]:
    """What the name means, for who writes a text."""
    return {
        "stadt": _("name of the city"), "anschrift": _("postal address"), "telefon": _("telephone"),
        "mail": _("e-mail address"), "vertreten-durch": _("who represents the city"),
        "verantwortlich": _("who is responsible for the content"), "datenschutz": _("data protection officer"),
        "aufsicht": _("supervisory authority"), "land": _("the Land"), "gesetz": _("its law on accessibility"),
        "durchsetzung": _("who enforces it"), "tage": _("days for an answer about a barrier"),
        "stunden": _("hours for a report"), "adresse": _("address of this site"),
    }  # fmt: skip
