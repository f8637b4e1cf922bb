"""A small site that shows every component once, with doors that lose answers and pieces on demand."""

import hashlib
import json
from typing import Any

from flask import Flask, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect, FlaskForm
from jinja2 import ChoiceLoader, FileSystemLoader
from wtforms import (
    BooleanField,
    EmailField,
    FileField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from ideenlab.config import ROOT
from ideenlab.core.assets import register_assets
from ideenlab.core.i18n import register_i18n
from ideenlab.core.security import CONTENT_SECURITY_POLICY
from ideenlab.core.templates import register_templates
from tests.conftest import make_settings

HALF_POINTS = [SelectChoice(str(n), f"{n / 2:g}".replace(".", ",")) for n in range(11)]


class Everything(FlaskForm):
    title = StringField("Titel", [DataRequired("Geben Sie einen Titel ein."), Length(max=80)])
    text = TextAreaField("Beschreibung", [DataRequired("Beschreiben Sie die Idee."), Length(max=200)])
    topic = SelectField(
        "Thema",
        [DataRequired("Wählen Sie ein Thema aus.")],
        choices=[SelectChoice("", "Bitte wählen"), SelectChoice("1", "Klima")],
    )
    name = RadioField(
        "Name",
        [InputRequired("Wählen Sie aus.")],
        choices=[SelectChoice("a", "Mit Namen"), SelectChoice("b", "Ohne Namen")],
    )
    mail = EmailField("E-Mail", [Optional()], description="Wir veröffentlichen sie nie.")
    password = PasswordField("Passwort", [Optional()])
    photo = FileField("Bild", [Optional()])
    agree = BooleanField("Ich stimme zu.", [DataRequired("Ohne Zustimmung geht es nicht.")])


class Ballot(FlaskForm):
    novelty = RadioField(
        "Neuheit", [InputRequired("Vergeben Sie Punkte.")], choices=[*HALF_POINTS, SelectChoice("none", "keine Angabe")]
    )
    use = RadioField(
        "Nutzen", [InputRequired("Vergeben Sie Punkte.")], choices=[SelectChoice(str(n), str(n)) for n in range(6)]
    )
    note = TextAreaField("Bemerkung", [Optional(), Length(max=500)])
    files = FileField("Dateien", [Optional()])


class Doors:
    """What the server of the pieces has stored, and what it is told to get wrong."""

    def __init__(self) -> None:
        self.revision, self.saves, self.answers, self.lose_answer = 3, list[dict[str, str]](), dict[str, int](), False
        self.data, self.pieces, self.lose_piece = b"", list[int](), False
        self.supported, self.posts = False, 0

    def save(self) -> ResponseReturnValue:
        typed = request.form.to_dict()
        self.saves.append(typed)
        key = typed["save_id"]
        if key not in self.answers:
            if int(typed["revision"]) != self.revision:
                return jsonify(message="In einem anderen Fenster steht etwas anderes.", url="/"), 409
            self.revision += 1
            self.answers[key] = self.revision
        if self.lose_answer:
            self.lose_answer = False
            return "lost", 502
        return jsonify(revision=self.answers[key], message="Gespeichert um 14:05 Uhr", left="Noch 1 offen")

    def begin_upload(self) -> ResponseReturnValue:
        assert request.headers["Upload-Metadata"].startswith("filename ")
        assert int(request.headers["Upload-Length"]) > 0
        self.data = b""
        return "", 201, {"Location": "/hochladen/1", "Tus-Resumable": "1.0.0"}

    def piece(self) -> ResponseReturnValue:
        if request.method == "PATCH":
            assert int(request.headers["Upload-Offset"]) == len(self.data)
            body = request.get_data()
            if self.data and self.lose_piece:
                self.lose_piece = False
                return "lost", 503
            self.pieces.append(len(body))
            self.data += body
        return jsonify(), 200, {"Upload-Offset": str(len(self.data)), "Tus-Resumable": "1.0.0"}

    def checksum(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def support(self) -> ResponseReturnValue:
        self.posts += 1
        self.supported = not self.supported
        if "HX-Request" not in request.headers:
            return render_template("pieces.html", form=Everything(), ballot=Ballot(), doors=self)
        response = make_response(render_template("_support.html", doors=self))
        response.headers["HX-Trigger"] = json.dumps(
            {"announce": "Unterstützt." if self.supported else "Zurückgenommen."}
        )
        return response


def make_pieces(folder: Any) -> tuple[Flask, Doors]:
    settings = make_settings("sqlite:///unused.db", folder)
    app = Flask("pieces", static_folder=None)
    register_templates(app)
    app.config.from_mapping(settings.flask(), TRUSTED_HOSTS=None, MAX_CONTENT_LENGTH=None)
    own = FileSystemLoader(ROOT / "tests" / "journeys" / "templates")
    app.jinja_loader = ChoiceLoader([FileSystemLoader(ROOT / "templates"), own])  # type: ignore[assignment]
    CSRFProtect(app)
    register_i18n(app)
    register_assets(app)
    doors = Doors()

    @app.after_request
    def strict(response: Any) -> Any:
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        return response

    @app.context_processor
    def around() -> dict[str, object]:
        links = (("Impressum", "/"), ("Datenschutz", "/"), ("Barrierefreiheit", "/"), ("Quellcode (EUPL)", "/"))
        navigation = (("Ideen", "/", "page"), ("Hackathon", "/", False), ("Ergebnisse", "/", False))
        account = {"sign_in": "/", "mine": "/", "sign_out": "/", "notices": "/"}
        city = {"city_name": "Musterstadt", "city_claim": "Gemeinsam weiterdenken"}
        frame = {
            "navigation": navigation, "footer_links": links, "account": account, "demo_note": "Alles ist erfunden.",
        }  # fmt: skip
        return {
            "frame": lambda: frame, "head_of_page": lambda: None, "federal_header": True,
            "person": "in" in request.args, "city": city, "logo_href": lambda: "", "theme_href": lambda: "",
            "unread_notices": lambda: 3, "kiosk_home": lambda: None,
        }  # fmt: skip

    @app.route("/", methods=["GET", "POST"])
    def pieces() -> str:
        form, ballot = Everything(), Ballot()
        if request.method == "POST":
            form.validate()
            ballot.validate()
        return render_template("pieces.html", form=form, ballot=ballot, doors=doors)

    @app.post("/verboten")
    def forbidden() -> tuple[str, int]:
        return render_template("errors/not_allowed.html", reason="Die Frist endete am 27. Juni."), 403

    app.add_url_rule("/speichern", "save", doors.save, methods=["POST"])
    app.add_url_rule("/hochladen", "begin_upload", doors.begin_upload, methods=["POST"])
    app.add_url_rule("/hochladen/1", "piece", doors.piece, methods=["GET", "PATCH"])
    app.add_url_rule("/stimme", "support", doors.support, methods=["POST"])
    return app, doors
