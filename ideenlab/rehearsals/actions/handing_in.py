"""Each trial team fills in everything that can be asked for, with a picture and a file, and hands in."""

from io import BytesIO

from PIL import Image, ImageDraw

from ideenlab.accounts.models import Person
from ideenlab.challenges.queries import challenges_of
from ideenlab.core.i18n import gettext as _
from ideenlab.files.actions import draw_picture, store_content
from ideenlab.hackathons.models import Hackathon
from ideenlab.mentors.actions import finish_help_request
from ideenlab.mentors.queries import waiting_requests_of
from ideenlab.prototypes.actions import DraftText, add_file, add_screenshot, hand_in, save_draft
from ideenlab.prototypes.queries import find_prototype_of
from ideenlab.rehearsals.queries import trial_people_of
from ideenlab.teams.models import Team
from ideenlab.teams.queries import members_of, teams_of

ADDRESS = "https://example.org/"
COLOURS = ("#1f5c99", "#9a3b26", "#2f6b3a")


def hand_in_everything(_organiser: Person, rehearsal: Hackathon) -> None:
    trial = trial_people_of(rehearsal)
    for request in waiting_requests_of(rehearsal):
        if request.mentor and request.mentor.person in trial:
            finish_help_request(request.mentor.person, request=request)
    for number, team in enumerate(teams_of(rehearsal), 1):
        found, members = find_prototype_of(team), members_of(team)
        if members and members[0].is_trial and (found is None or not found.title):
            _hand_in(members[0], team, number, revision=found.revision if found else 1)


def _hand_in(person: Person, team: Team, number: int, *, revision: int) -> None:
    challenges = tuple(challenge.id for challenge in challenges_of(team.hackathon)[:1])
    text = DraftText(
        title=_("Trial prototype %(number)s", number=number), pitch=_("One sentence to try it out."),
        description=_("Text to try it out, with **bold** words."), licence="EUPL-1.2", prior_work=_("Nothing"),
        ai_use=_("Nothing"), code_url=ADDRESS, demo_url=ADDRESS, video_url=ADDRESS, challenges=challenges,
    )  # fmt: skip
    save_draft(person, team=team, text=text, revision=revision)
    picture = _picture(number)
    size = len(picture.getvalue())
    drawn = draw_picture(picture, name="bild.png")  # small, so nobody waits for it
    add_screenshot(person, team=team, drawn=drawn, alt=_("A coloured rectangle with a circle"), decorative=False)
    picture.seek(0)
    add_file(person, team=team, content=store_content(picture, name="bild.png", size=size))
    written = find_prototype_of(team)
    assert written
    hand_in(person, team=team, revision=written.revision)


def _picture(number: int) -> BytesIO:
    image = Image.new("RGB", (480, 300), COLOURS[number % len(COLOURS)])
    ImageDraw.Draw(image).ellipse((180, 90, 300, 210), fill="#ffffff")
    content = BytesIO()
    image.save(content, "PNG")
    content.seek(0)
    return content
