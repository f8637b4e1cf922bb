"""What is agreed to when somebody takes part, and in which words."""

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.hackathons.models import CONSENTS, Hackathon

PHOTOS = ("photo_website", "photo_press", "photo_social")


def consent_names() -> dict[str, str]:
    """The sentence beside each box."""
    return {
        "conduct": _(
            "I treat everybody with respect, and I follow the house rules and the directions of the organisers."
        ),
        "house_rules": _("I have read the house rules and follow them."),
        "photo_website": _("Photos that show me may be on the website of the city."),
        "photo_press": _("Photos that show me may be given to the press."),
        "photo_social": _("Photos that show me may be in the social media of the city."),
        "guardian": _("As a parent or guardian I agree that my child takes part."),
    }


def consent_text(kind: str, hackathon: Hackathon) -> str:
    """Everything that is agreed to, as it is shown: this is what is kept."""
    whole = {"conduct": hackathon.code_of_conduct, "house_rules": hackathon.house_rules}.get(kind, "")
    if kind == "guardian":
        whole = "\n\n".join(filter(None, (hackathon.code_of_conduct, hackathon.house_rules)))
    return "\n\n".join(filter(None, (f"{hackathon.title}: {consent_names()[kind]}", whole)))


def needed_consents(hackathon: Hackathon) -> set[str]:
    """Without these nobody takes part. Photos are never among them."""
    return {"conduct", "house_rules"} if hackathon.house_rules else {"conduct"}


def asked_consents(hackathon: Hackathon) -> list[str]:
    """In the order of the form. Those of a guardian are asked from the guardian."""
    needed = needed_consents(hackathon)
    return [kind for kind in CONSENTS if kind in needed or kind in PHOTOS]


def is_minor(person: Person) -> bool:
    return person.age_band != "adult"
