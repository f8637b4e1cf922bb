"""Ideenlab: from a citizen's idea to a prototype that a jury has scored, in one house."""

import os

from flask import Flask
from flask_migrate import Migrate
from sqlalchemy.exc import SQLAlchemyError

from ideenlab.accounts import access
from ideenlab.accounts import cli as accounts_cli
from ideenlab.accounts import manage as manage_accounts
from ideenlab.accounts import views as accounts
from ideenlab.accounts.actions import on_closing
from ideenlab.accounts.queries import demo_people
from ideenlab.administration import views as administration
from ideenlab.answers import manage as manage_answers
from ideenlab.answers import views as answers
from ideenlab.archives import cli as archives_cli
from ideenlab.archives import manage as manage_archives
from ideenlab.archives import views as archives
from ideenlab.assignments import manage as manage_assignments
from ideenlab.assignments import views as assignments
from ideenlab.audience import manage as manage_audience
from ideenlab.audience import views as audience
from ideenlab.barriers import manage as manage_barriers
from ideenlab.barriers import views as barriers
from ideenlab.challenges import manage as manage_challenges
from ideenlab.challenges import views as challenges
from ideenlab.city import cli as city_cli
from ideenlab.city import manage as manage_city
from ideenlab.city import views as city
from ideenlab.config import ROOT, ConfigError, Settings, load_settings
from ideenlab.core.assets import register_assets
from ideenlab.core.db import db
from ideenlab.core.errors import register_error_pages
from ideenlab.core.i18n import register_i18n
from ideenlab.core.links import register_links
from ideenlab.core.metrics import register_metrics
from ideenlab.core.page_cache import register_page_cache
from ideenlab.core.security import register_security
from ideenlab.core.templates import register_templates
from ideenlab.core.web import register_transactions
from ideenlab.deliberations import manage as manage_deliberations
from ideenlab.deliberations import views as deliberations
from ideenlab.demo import cli as demo_cli
from ideenlab.events import cli as events_cli
from ideenlab.events import manage as manage_events
from ideenlab.events import views as events
from ideenlab.events.actions import forget_plan, leave_events, take_events_along
from ideenlab.exchange import cli as exchange_cli
from ideenlab.exchange import manage as manage_exchange
from ideenlab.exchange import views as exchange
from ideenlab.feedback import manage as manage_feedback
from ideenlab.feedback import views as feedback
from ideenlab.files import cli as files_cli
from ideenlab.fits import views as fits
from ideenlab.hackathons import cli as hackathons_cli
from ideenlab.hackathons import manage as manage_hackathons
from ideenlab.hackathons import views as hackathons
from ideenlab.hackathons.actions import leave_hackathons, on_copying, take_hackathons_along
from ideenlab.ideas import cli as ideas_cli
from ideenlab.ideas import manage as manage_calls
from ideenlab.ideas import views as ideas
from ideenlab.ideas.actions import take_calls_along
from ideenlab.insights import cli as insights_cli
from ideenlab.insights import views as insights
from ideenlab.jury import cli as jury_cli
from ideenlab.jury import manage as manage_jury
from ideenlab.jury import views as jury
from ideenlab.jury.actions import leave_juries, take_jury_along
from ideenlab.mail import cli as mail_cli
from ideenlab.mail import views as mail
from ideenlab.mentors import manage as manage_mentors
from ideenlab.mentors import views as mentors
from ideenlab.mentors.actions import stop_mentoring
from ideenlab.merges import cli as merges_cli
from ideenlab.merges import views as merges
from ideenlab.moderation import cli as moderation_cli
from ideenlab.moderation import views as moderation
from ideenlab.notifications import cli as notifications_cli
from ideenlab.notifications import views as notifications
from ideenlab.opendata import api
from ideenlab.opendata import views as opendata
from ideenlab.operating import cli as operating_cli
from ideenlab.operating import views as operating
from ideenlab.pages import manage as manage_pages
from ideenlab.pages import views as pages
from ideenlab.partners import cli as partners_cli
from ideenlab.partners import manage as manage_partners
from ideenlab.partners import views as partners
from ideenlab.partners.actions import leave_partners, take_partners_along
from ideenlab.pitches import manage as manage_pitches
from ideenlab.pitches import views as pitches
from ideenlab.privacy import cli as privacy_cli
from ideenlab.privacy import manage as manage_privacy
from ideenlab.privacy import views as privacy
from ideenlab.programme import manage as manage_programme
from ideenlab.programme.actions import on_copying_edition
from ideenlab.prototypes import cli as prototypes_cli
from ideenlab.prototypes import manage as manage_prototypes
from ideenlab.prototypes import views as prototypes
from ideenlab.rehearsals import manage as manage_rehearsals
from ideenlab.stations import cli as stations_cli
from ideenlab.stations import manage as manage_stations
from ideenlab.stations import views as stations
from ideenlab.teams import cli as teams_cli
from ideenlab.teams import manage as manage_teams
from ideenlab.teams import views as teams
from ideenlab.teams.actions import leave_teams
from ideenlab.texts import manage as manage_texts
from ideenlab.texts import views as texts
from ideenlab.trails import cli as trails_cli
from ideenlab.trails import manage as manage_trails
from ideenlab.trails import views as trails

DOORS = (
    trails, manage_trails, trails_cli, insights, insights_cli,
    api, opendata,
    pitches, manage_pitches, audience, manage_audience,
    answers, manage_answers, pages, manage_pages, accounts, manage_accounts, ideas, manage_calls, manage_programme,
    hackathons, manage_hackathons, challenges, manage_challenges, teams, manage_teams, mentors, manage_mentors,
    assignments, manage_assignments,
    manage_city, prototypes, manage_prototypes, jury, manage_jury, merges, moderation, notifications, mail, stations,
    manage_stations, accounts_cli, city_cli, ideas_cli, jury_cli, mail_cli, files_cli, prototypes_cli, teams_cli,
    notifications_cli, merges_cli, moderation_cli, demo_cli, stations_cli, hackathons_cli,
    archives, manage_archives, archives_cli, manage_rehearsals, deliberations, manage_deliberations, feedback,
    privacy, manage_privacy, privacy_cli,
    manage_feedback, fits, operating_cli, operating, city, texts, manage_texts, barriers, manage_barriers,
    events, manage_events, events_cli,
    exchange, manage_exchange, exchange_cli, administration,
    partners, manage_partners, partners_cli,
)  # fmt: skip


def create_app(settings: Settings | None = None) -> Flask:
    settings = settings or load_settings(os.environ)
    app = Flask(
        __name__, template_folder="../templates", static_folder=None, instance_path=str(settings.instance),
    )  # fmt: skip
    app.config.from_mapping(settings.flask())
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(settings)

    register_templates(app)
    register_transactions(app)  # its hook after the request is registered first, so it runs last
    if settings.page_cache:
        register_page_cache(app)
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    register_i18n(app)
    register_links(app)
    register_security(app, settings)
    if settings.metrics_token:
        register_metrics(app)
    access.register_access(app)
    register_assets(app)
    register_error_pages(app)
    on_copying(take_jury_along)
    on_copying_edition(
        partners=take_partners_along, calls=take_calls_along, hackathons=take_hackathons_along, events=take_events_along
    )
    app.extensions["create_app"] = create_app  # for `flask copy-to`: the same city at another database
    # from the top floor down
    on_closing(leave_juries, stop_mentoring, leave_teams, leave_events, forget_plan, leave_hackathons, leave_partners)
    for door in DOORS:
        app.register_blueprint(door.blueprint)
    return app


STATEMENTS = 500  # that SQLite keeps compiled, for each connection


def _engine_options(settings: Settings) -> dict[str, object]:
    options: dict[str, object] = {"pool_size": settings.threads + 1, "max_overflow": 2, "pool_timeout": 5}
    if settings.database_url.startswith("postgresql"):
        timeouts = "-c statement_timeout=10000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000"
        return options | {"pool_pre_ping": True, "connect_args": {"connect_timeout": 5, "options": timeouts}}
    return options | {"connect_args": {"cached_statements": STATEMENTS}}


DEMO_ACCOUNTS = (
    "This database holds demo accounts whose password is known to everybody.\n"
    "Outside demo mode Ideenlab does not start with them: use another DATABASE_URL or INSTANCE_FOLDER."
)


def check_people(app: Flask) -> None:
    """Raises ConfigError where a city outside demo mode would be served with demo accounts."""
    if app.config["SETTINGS"].demo:
        return
    with app.app_context():
        try:
            found = demo_people()
        except SQLAlchemyError:  # no tables yet, or no database: the pages say so themselves
            found = []
        db.session.remove()
        db.engine.dispose()  # a process that is forked from this one opens connections of its own
    if found:
        raise ConfigError(DEMO_ACCOUNTS)
