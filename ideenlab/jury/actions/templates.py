"""Criteria to start from, each with a sentence for every level from 0 to 5. The sentences are the house's own."""

from ideenlab.core.i18n import gettext as _

Written = tuple[str, str, list[str]]  # title, question, sentences from 0 up


def four_equal() -> list[Written]:
    return [
        (_("Benefit for the city"), _("How much does the prototype help the people of the city?"), [
            _("No benefit can be seen."), _("The benefit stays vague or concerns a few only."),
            _("Some people have a small advantage."), _("A group that is named has a clear advantage."),
            _("Many people have a clear advantage in everyday life."),
            _("It solves an important problem for many, also for those who are often forgotten."),
        ]),
        _novelty(),
        (_("Feasibility"), _("Can something that lasts be made of it with reasonable effort?"), [
            _("It cannot be imagined in use."), _("Important obstacles are not thought of."),
            _("It can be imagined, but the main questions are open."),
            _("A first trial is possible, effort and cost are roughly known."),
            _("A trial can begin soon, the next steps are named."),
            _("It works already and can go into use without great hurdles."),
        ]),
        (_("Clarity"), _("Does it become clear what the prototype does and for whom?"), [
            _("It does not become clear what it is about."), _("One understands it only after many questions."),
            _("The core can be seen, much stays unclear."), _("It is understandable and complete."),
            _("It is vivid and answers the most important questions."),
            _("Everybody understands it at once and could tell others."),
        ]),
    ]  # fmt: skip


def civic_five() -> list[Written]:
    """After the criteria Münsterhack names: innovation, reuse, sustainability, use for the city, pitch."""
    return [
        _novelty(),
        (_("Reuse"), _("Can others go on working with it, here or in another city?"), [
            _("Nothing of it can be used by anybody else."), _("Code and data are not accessible."),
            _("Some of it is accessible, but not described."),
            _("Code is open and described, somebody else can start it."),
            _("It is open, documented and uses common formats and open data."),
            _("Another city could use it next week: open licence, instructions, no special case of our city."),
        ]),
        (_("Social and ecological sustainability"), _("Is it good for people and environment in the long run?"), [
            _("It does harm that outweighs its use."), _("People and environment were not thought of."),
            _("It has no recognisable effect on people or environment."),
            _("It saves resources or includes people in one point."),
            _("It clearly saves resources or opens something to people who were left out."),
            _("It does both, and what it needs to run is small and thought through."),
        ]),
        (_("Use and realisation in the city"), _("Can the city really do this, and does it need it?"), [
            _("It has nothing to do with the city."), _("The city could do nothing with it."),
            _("A use in the city can be imagined, the way there is open."),
            _("There is a place in the city where it could be tried."),
            _("It is clear who in the city would use and run it."),
            _("The city could start soon, and people there are waiting for it."),
        ]),
        (_("Quality of the pitch"), _("Did the presentation convince?"), [
            _("There was no presentation, or it showed nothing."), _("It stayed unclear what was made."),
            _("The idea was told, but not shown."), _("The prototype was shown and could be followed."),
            _("It was shown live, clearly and within the time."),
            _("It carried everybody along, and questions were answered convincingly."),
        ]),
    ]  # fmt: skip


def public_good_four() -> list[Written]:
    """After the criteria the Prototype Fund names: relevance, innovation, feasibility, reach and benefit."""
    return [
        (_("Relevance"), _("Is it about a problem of public interest?"), [
            _("No problem can be recognised."), _("It is a problem of the team only."),
            _("The problem exists, its weight for society stays open."),
            _("A problem of public interest is named and plausible."),
            _("The problem is important, and it is shown by examples or figures."),
            _("The problem is urgent, affects many, and nobody takes proper care of it so far."),
        ]),
        _novelty(),
        (_("Realisation"), _("Do the team's skills and plan suffice to carry it out?"), [
            _("It cannot be carried out."), _("Skills or means that are needed are missing."),
            _("It can be done in principle, plan and effort are unclear."),
            _("The plan can be followed, the most important skills are there."),
            _("The plan is realistic, the team has what it takes, risks are named."),
            _("A convincing part already runs, and the rest is planned in small steps."),
        ]),
        (_("Reach and benefit"), _("How many people does it help, and how much?"), [
            _("Nobody is helped."), _("It helps very few, and only a little."),
            _("It helps a small group, or many only a little."), _("It helps a group that is named noticeably."),
            _("It helps many noticeably, or a group in need very much."),
            _("It helps many very much, and can grow beyond the city."),
        ]),
    ]  # fmt: skip


def _novelty() -> Written:
    return (_("Novelty"), _("How new is the thought for our city?"), [
        _("The city has it already in the same form."), _("What is known was hardly changed."),
        _("What is known was improved in one point."), _("What is known was carried over well to our city."),
        _("The approach is new for our city."), _("The approach surprises and opens a way nobody had thought of."),
    ])  # fmt: skip
