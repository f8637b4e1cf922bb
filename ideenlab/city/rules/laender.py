"""What each Land says about barriers on its cities' pages: statute, who enforces it, how long an answer may take.

Names of laws and offices stay German. Where a Land sets no period of its own, four weeks stand here: § 12b BGG gives
the offices of the Federation a month. Laws and offices change: a city looks at its own before it goes live, corrects
on a page what is said here, and notes the day on which it looked.
"""

from typing import NamedTuple

from ideenlab.core.security import city

FOUR_WEEKS, SIX_WEEKS = 28, 42


class Land(NamedTuple):
    name: str
    statute: str
    enforcement: str
    days: int = FOUR_WEEKS


LAENDER = {
    "bw": Land(
        "Baden-Württemberg", "§ 10 Landes-Behindertengleichstellungsgesetz (L-BGG)",
        "Schlichtungsstelle bei der Beauftragten der Landesregierung für die Belange von Menschen mit Behinderungen",
    ),
    "by": Land(
        "Bayern", "Art. 14 BayBGG mit der Bayerischen Digitalverordnung (BayDiV)",
        "Durchsetzungsstelle beim Landesamt für Digitalisierung, Breitband und Vermessung", SIX_WEEKS,
    ),
    "be": Land(
        "Berlin", "Barrierefreie-IKT-Gesetz Berlin (BIKTG Bln)", "Landesbeauftragte für digitale Barrierefreiheit",
    ),
    "bb": Land(
        "Brandenburg", "Brandenburgisches Behindertengleichstellungsgesetz (BbgBGG) mit der BbgBITV",
        "Durchsetzungsstelle für digitale Barrierefreiheit bei der Beauftragten der Landesregierung für die Belange"
        " der Menschen mit Behinderungen",
    ),
    "hb": Land(
        "Bremen", "Bremisches Behindertengleichstellungsgesetz (BremBGG)",
        "Schlichtungsstelle beim Landesbehindertenbeauftragten; Zentralstelle für barrierefreie Informationstechnik",
    ),
    "hh": Land(
        "Hamburg", "Hamburgisches Behindertengleichstellungsgesetz (HmbBGG) mit der HmbBITVO",
        "Schlichtungsstelle nach dem Hamburgischen Behindertengleichstellungsgesetz",
    ),
    "he": Land(
        "Hessen", "Hessisches Behinderten-Gleichstellungsgesetz (HessBGG) mit der HVBIT",
        "Durchsetzungs- und Überwachungsstelle für barrierefreie Informationstechnik", SIX_WEEKS,
    ),
    "mv": Land(
        "Mecklenburg-Vorpommern", "Landesbehindertengleichstellungsgesetz (LBGG M-V) mit der BITVO M-V",
        "Durchsetzungsstelle beim Sozialministerium des Landes",
    ),
    "ni": Land(
        "Niedersachsen", "Niedersächsisches Behindertengleichstellungsgesetz (NBGG)",
        "Schlichtungsstelle bei der Landesbeauftragten für Menschen mit Behinderungen",
    ),
    "nw": Land(
        "Nordrhein-Westfalen", "§§ 10 ff. BGG NRW mit der BITVNRW",
        "Ombudsstelle für barrierefreie Informationstechnik des Landes Nordrhein-Westfalen", SIX_WEEKS,
    ),
    "rp": Land(
        "Rheinland-Pfalz", "Landesinklusionsgesetz (LInklG RP)",
        "Durchsetzungsstelle beim Landesbeauftragten für die Belange von Menschen mit Behinderungen",
    ),
    "sl": Land(
        "Saarland", "Saarländisches Behindertengleichstellungsgesetz (SBGG) mit der SBITVO",
        "Schlichtungsstelle bei der Landesbeauftragten für die Belange von Menschen mit Behinderungen",
    ),
    "sn": Land(
        "Sachsen", "Barrierefreie-Websites-Gesetz (BfWebG)",
        "Durchsetzungsstelle beim Landesbeauftragten für Inklusion der Menschen mit Behinderungen",
    ),
    "st": Land(
        "Sachsen-Anhalt", "Behindertengleichstellungsgesetz Sachsen-Anhalt (BGG LSA) mit der BITVO LSA",
        "Ombudsstelle beim Landesbehindertenbeauftragten",
    ),
    "sh": Land(
        "Schleswig-Holstein", "Landesbehindertengleichstellungsgesetz (LBGG)",
        "Beschwerdestelle für barrierefreie Informationstechnik bei der Landesbeauftragten für Menschen mit"
        " Behinderungen",
    ),
    "th": Land(
        "Thüringen", "Thüringer Gesetz über die Barrierefreiheit von Websites (ThürBarrWebG)",
        "Durchsetzungsstelle beim Landesbeauftragten für Menschen mit Behinderungen",
    ),
}  # fmt: skip


def land_of(code: str) -> Land | None:
    return LAENDER.get(code)


def corrected(land: Land, statute: str, enforcement: str) -> Land:
    """With what the city says itself in the place of our list."""
    return land._replace(statute=statute or land.statute, enforcement=enforcement or land.enforcement)


def land_here() -> Land | None:
    """The Land of this city, as its pages name it."""
    settings = city()
    land = land_of(settings.bundesland)
    return corrected(land, settings.land_statute, settings.land_enforcement) if land else None


def answer_days() -> int:
    """How long the city may take for an answer about a barrier: as it says itself, else as its Land does."""
    settings = city()
    land = land_of(settings.bundesland)
    return settings.days_for_barriers or (land.days if land else FOUR_WEEKS)
