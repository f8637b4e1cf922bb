"""the whole week"""

import sqlalchemy as sa
from alembic import op

from ideenlab.core import db

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('exchange_sources',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('base_url', sa.String(length=300), nullable=False),
    sa.Column('added_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('is_paused', sa.Boolean(), nullable=False),
    sa.Column('due_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('claimed_until', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('read_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('last_error', sa.String(length=300), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('idea_count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exchange_sources')),
    sa.UniqueConstraint('base_url', name=op.f('uq_exchange_sources_base_url'))
    )
    op.create_table('job_runs',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('ran_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('milliseconds', sa.Integer(), nullable=False),
    sa.Column('failed_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('fault', sa.String(length=120), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_job_runs'))
    )
    op.create_table('glossary_words',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('word', sa.String(length=60), nullable=False),
    sa.Column('word_folded', sa.String(length=120), nullable=False),
    sa.Column('instead', sa.String(length=120), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_glossary_words')),
    sa.UniqueConstraint('word_folded', name=op.f('uq_glossary_words_word_folded'))
    )
    op.create_table('venues',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('title_folded', sa.String(length=240), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=False),
    sa.Column('access_notes', sa.String(length=500), nullable=False),
    sa.Column('is_accessible', sa.Boolean(), nullable=False),
    sa.Column('latitude', sa.Integer(), nullable=True),
    sa.Column('longitude', sa.Integer(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.CheckConstraint('(latitude IS NULL) = (longitude IS NULL)', name=op.f('ck_venues_pin')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_venues')),
    sa.UniqueConstraint('title_folded', name=op.f('uq_venues_title_folded'))
    )
    op.create_table('api_tokens',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('scopes', sa.String(length=200), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('last_used_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_api_tokens_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_tokens')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_api_tokens_secret_hash'))
    )
    with op.batch_alter_table('api_tokens', schema=None) as batch_op:
        batch_op.create_index('ix_api_tokens_person_id', ['person_id'], unique=False)

    op.create_table('barriers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('page', sa.String(length=300), nullable=False),
    sa.Column('text', sa.String(length=2000), nullable=False),
    sa.Column('tools', sa.String(length=300), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('reported_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('due_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.String(length=2000), nullable=False),
    sa.Column('answered_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("state IN ('open', 'answered')", name=op.f('ck_barriers_state')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_barriers_answered_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_barriers')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_barriers_code_hash'))
    )
    with op.batch_alter_table('barriers', schema=None) as batch_op:
        batch_op.create_index('ix_barriers_state_due_at', ['state', 'due_at', 'id'], unique=False)

    op.create_table('calendar_links',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_calendar_links_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_calendar_links')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_calendar_links_secret_hash'))
    )
    op.create_table('city_settings',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('changed_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['changed_by_id'], ['people.id'], name=op.f('fk_city_settings_changed_by_id')),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_city_settings'))
    )
    op.create_table('city_texts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('changed_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("kind IN ('page', 'mail')", name=op.f('ck_city_texts_kind')),
    sa.ForeignKeyConstraint(['changed_by_id'], ['people.id'], name=op.f('fk_city_texts_changed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_city_texts')),
    sa.UniqueConstraint('kind', 'name', 'language', name=op.f('uq_city_texts_kind_name_language'))
    )
    op.create_table('event_series',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['editions.id'], name=op.f('fk_event_series_edition_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_series'))
    )
    with op.batch_alter_table('event_series', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_series_edition_id'), ['edition_id'], unique=False)

    op.create_table('objections',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('text', sa.String(length=2000), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('made_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('due_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.String(length=2000), nullable=False),
    sa.Column('answered_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("state IN ('open', 'upheld', 'dismissed')", name=op.f('ck_objections_state')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_objections_answered_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_objections_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objections'))
    )
    with op.batch_alter_table('objections', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_objections_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_objections_state_due_at', ['state', 'due_at', 'id'], unique=False)

    op.create_table('partners',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('title_folded', sa.String(length=240), nullable=False),
    sa.Column('summary', sa.String(length=300), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('description_html', sa.Text(), nullable=False),
    sa.Column('website', sa.String(length=500), nullable=False),
    sa.Column('contact', sa.String(length=200), nullable=False),
    sa.Column('logo_id', sa.Integer(), nullable=True),
    sa.Column('published_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['logo_id'], ['files.id'], name=op.f('fk_partners_logo_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partners')),
    sa.UniqueConstraint('slug', name=op.f('uq_partners_slug')),
    sa.UniqueConstraint('title_folded', name=op.f('uq_partners_title_folded'))
    )
    op.create_table('city_text_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('text_id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('written_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['text_id'], ['city_texts.id'], name=op.f('fk_city_text_versions_text_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['written_by_id'], ['people.id'], name=op.f('fk_city_text_versions_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_city_text_versions')),
    sa.UniqueConstraint('text_id', 'revision', name=op.f('uq_city_text_versions_text_id_revision'))
    )
    op.create_table('events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('partner_id', sa.Integer(), nullable=True),
    sa.Column('topic_id', sa.Integer(), nullable=True),
    sa.Column('series_id', sa.Integer(), nullable=True),
    sa.Column('venue_id', sa.Integer(), nullable=True),
    sa.Column('external_id', sa.String(length=80), nullable=True),
    sa.Column('format', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('summary', sa.String(length=300), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('description_html', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('room', sa.String(length=80), nullable=False),
    sa.Column('track', sa.String(length=60), nullable=False),
    sa.Column('online_url', sa.String(length=500), nullable=False),
    sa.Column('access_notes', sa.String(length=500), nullable=False),
    sa.Column('is_for_families', sa.Boolean(), nullable=False),
    sa.Column('is_accessible', sa.Boolean(), nullable=False),
    sa.Column('starts_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ends_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('sign_up', sa.String(length=10), nullable=False),
    sa.Column('sign_up_url', sa.String(length=500), nullable=False),
    sa.Column('sign_up_until', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('registered_count', sa.Integer(), nullable=False),
    sa.Column('offer_hours', sa.Integer(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=True),
    sa.Column('proposed_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('published_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('cancelled_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('cancelled_reason', sa.String(length=500), nullable=False),
    sa.Column('moved_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('changed_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("format IN ('workshop', 'talk', 'congress', 'citizens_lab', 'hackathon', 'exhibition', 'tour', 'online', 'other')", name=op.f('ck_events_format')),
    sa.CheckConstraint("sign_up IN ('none', 'here', 'elsewhere')", name=op.f('ck_events_sign_up')),
    sa.CheckConstraint("state IN ('draft', 'proposed', 'returned', 'published', 'refused', 'withdrawn', 'cancelled')", name=op.f('ck_events_state')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_events_ends_at')),
    sa.CheckConstraint('places >= 1', name=op.f('ck_events_places')),
    sa.CheckConstraint('registered_count >= 0 AND registered_count <= places', name=op.f('ck_events_registered_count')),
    sa.ForeignKeyConstraint(['edition_id'], ['editions.id'], name=op.f('fk_events_edition_id')),
    sa.ForeignKeyConstraint(['partner_id'], ['partners.id'], name=op.f('fk_events_partner_id')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['people.id'], name=op.f('fk_events_proposed_by_id')),
    sa.ForeignKeyConstraint(['series_id'], ['event_series.id'], name=op.f('fk_events_series_id')),
    sa.ForeignKeyConstraint(['topic_id'], ['topics.id'], name=op.f('fk_events_topic_id')),
    sa.ForeignKeyConstraint(['venue_id'], ['venues.id'], name=op.f('fk_events_venue_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_events')),
    sa.UniqueConstraint('edition_id', 'external_id', name=op.f('uq_events_edition_id_external_id'))
    )
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.create_index('ix_events_partner_id', ['partner_id', 'state', 'starts_at', 'id'], unique=False)
        batch_op.create_index('ix_events_programme', ['edition_id', 'state', 'starts_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_events_proposed_by_id'), ['proposed_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_events_series_id'), ['series_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_events_topic_id'), ['topic_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_events_venue_id'), ['venue_id'], unique=False)

    op.create_table('opinion_maps',
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('computed_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['calls.id'], name=op.f('fk_opinion_maps_call_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('call_id', name=op.f('pk_opinion_maps'))
    )
    op.create_table('participations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('partner_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['editions.id'], name=op.f('fk_participations_edition_id')),
    sa.ForeignKeyConstraint(['partner_id'], ['partners.id'], name=op.f('fk_participations_partner_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participations')),
    sa.UniqueConstraint('edition_id', 'partner_id', name=op.f('uq_participations_edition_id_partner_id'))
    )
    with op.batch_alter_table('participations', schema=None) as batch_op:
        batch_op.create_index('ix_participations_partner_id', ['partner_id'], unique=False)

    op.create_table('partner_editors',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('partner_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('named_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['partner_id'], ['partners.id'], name=op.f('fk_partner_editors_partner_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_partner_editors_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner_editors')),
    sa.UniqueConstraint('partner_id', 'person_id', name=op.f('uq_partner_editors_partner_id_person_id'))
    )
    with op.batch_alter_table('partner_editors', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_partner_editors_person_id'), ['person_id'], unique=False)

    op.create_table('event_messages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('written_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_event_messages_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_event_messages_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_messages'))
    )
    with op.batch_alter_table('event_messages', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_messages_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_event_messages_person_id'), ['person_id'], unique=False)

    op.create_table('event_letters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('text', sa.String(length=3000), nullable=False),
    sa.Column('last_told_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_event_letters_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_letters'))
    )
    with op.batch_alter_table('event_letters', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_letters_event_id'), ['event_id'], unique=False)

    op.create_table('event_helpers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('named_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['edition_id'], ['editions.id'], name=op.f('fk_event_helpers_edition_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_event_helpers_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_helpers')),
    sa.UniqueConstraint('edition_id', 'person_id', name=op.f('uq_event_helpers_edition_id_person_id'))
    )
    with op.batch_alter_table('event_helpers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_helpers_person_id'), ['person_id'], unique=False)

    op.create_table('event_partners',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('partner_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_event_partners_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['partner_id'], ['partners.id'], name=op.f('fk_event_partners_partner_id')),
    sa.PrimaryKeyConstraint('event_id', 'partner_id', name=op.f('pk_event_partners'))
    )
    with op.batch_alter_table('event_partners', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_partners_partner_id'), ['partner_id'], unique=False)

    op.create_table('foreign_ideas',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('external_id', sa.String(length=80), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('licence', sa.String(length=120), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('topic', sa.String(length=80), nullable=False),
    sa.Column('support_count', sa.Integer(), nullable=False),
    sa.Column('published_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('read_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('gone_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('taken_as_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['source_id'], ['exchange_sources.id'], name=op.f('fk_foreign_ideas_source_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['taken_as_id'], ['ideas.id'], name=op.f('fk_foreign_ideas_taken_as_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_foreign_ideas')),
    sa.UniqueConstraint('source_id', 'external_id', name=op.f('uq_foreign_ideas_source_id_external_id'))
    )
    with op.batch_alter_table('foreign_ideas', schema=None) as batch_op:
        batch_op.create_index('ix_foreign_ideas_newest', ['published_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_foreign_ideas_taken_as_id'), ['taken_as_id'], unique=False)

    op.create_table('plan_entries',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('added_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_plan_entries_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_plan_entries_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'event_id', name=op.f('pk_plan_entries'))
    )
    with op.batch_alter_table('plan_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_entries_event_id'), ['event_id'], unique=False)

    op.create_table('sign_ups',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('link_hash', sa.String(length=64), nullable=True),
    sa.Column('confirmed_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('reminded_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('told_sequence', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('source', sa.String(length=10), nullable=False),
    sa.Column('created_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('offered_until', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ticket_code', sa.String(length=16), nullable=True),
    sa.Column('checked_in_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('no_show_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('checked_in_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("source IN ('online', 'telephone', 'walk_in')", name=op.f('ck_sign_ups_source')),
    sa.CheckConstraint("state <> 'offered' OR offered_until IS NOT NULL", name=op.f('ck_sign_ups_offered_until')),
    sa.CheckConstraint("state IN ('requested', 'waiting', 'offered', 'registered', 'cancelled', 'refused')", name=op.f('ck_sign_ups_state')),
    sa.ForeignKeyConstraint(['checked_in_by_id'], ['people.id'], name=op.f('fk_sign_ups_checked_in_by_id')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['people.id'], name=op.f('fk_sign_ups_entered_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_sign_ups_event_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_sign_ups_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_ups')),
    sa.UniqueConstraint('event_id', 'email', name=op.f('uq_sign_ups_event_id_email')),
    sa.UniqueConstraint('event_id', 'person_id', name=op.f('uq_sign_ups_event_id_person_id')),
    sa.UniqueConstraint('link_hash', name=op.f('uq_sign_ups_link_hash')),
    sa.UniqueConstraint('ticket_code', name=op.f('uq_sign_ups_ticket_code'))
    )
    with op.batch_alter_table('sign_ups', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_ups_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_sign_ups_queue', ['event_id', 'state', 'created_at', 'id'], unique=False)

    op.create_table('trail_hops',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('thing_id', sa.Integer(), nullable=False),
    sa.Column('reached_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('told_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('challenge', 'team', 'prototype', 'verdict', 'outcome')", name=op.f('ck_trail_hops_kind')),
    sa.ForeignKeyConstraint(['idea_id'], ['ideas.id'], name=op.f('fk_trail_hops_idea_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trail_hops')),
    sa.UniqueConstraint('idea_id', 'kind', 'thing_id', name=op.f('uq_trail_hops_idea_id_kind_thing_id'))
    )
    with op.batch_alter_table('trail_hops', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_trail_hops_told_at'), ['told_at'], unique=False)

    op.create_table('outcomes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('prototype_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('text', sa.String(length=2000), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('told_on', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['prototype_id'], ['prototypes.id'], name=op.f('fk_outcomes_prototype_id')),
    sa.ForeignKeyConstraint(['written_by_id'], ['people.id'], name=op.f('fk_outcomes_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outcomes'))
    )
    with op.batch_alter_table('outcomes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outcomes_prototype_id'), ['prototype_id'], unique=False)

    with op.batch_alter_table('calibration_scores', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_calibration_scores_criterion_id'), type_='foreignkey')

    with op.batch_alter_table('calls', schema=None) as batch_op:
        batch_op.add_column(sa.Column('shows_opinion_map', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('challenges', schema=None) as batch_op:
        batch_op.add_column(sa.Column('partner_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_challenges_partner_id'), ['partner_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_challenges_partner_id'), 'partners', ['partner_id'], ['id'])

    with op.batch_alter_table('editions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('summary', sa.String(length=300), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('description', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('description_html', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('revision', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('copied_from_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_editions_copied_from_id'), 'editions', ['copied_from_id'], ['id'])



def downgrade() -> None:
    op.execute("DELETE FROM calibration_scores WHERE criterion_id NOT IN (SELECT id FROM criteria)")
    with op.batch_alter_table('calibration_scores', schema=None) as batch_op:
        batch_op.create_foreign_key(batch_op.f('fk_calibration_scores_criterion_id'), 'criteria', ['criterion_id'], ['id'], ondelete='CASCADE')

    with op.batch_alter_table('editions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_editions_copied_from_id'), type_='foreignkey')
        batch_op.drop_column('copied_from_id')
        batch_op.drop_column('revision')
        batch_op.drop_column('description_html')
        batch_op.drop_column('description')
        batch_op.drop_column('summary')

    with op.batch_alter_table('challenges', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_challenges_partner_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_challenges_partner_id'))
        batch_op.drop_column('partner_id')

    with op.batch_alter_table('calls', schema=None) as batch_op:
        batch_op.drop_column('shows_opinion_map')

    with op.batch_alter_table('outcomes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outcomes_prototype_id'))

    op.drop_table('outcomes')
    with op.batch_alter_table('trail_hops', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_trail_hops_told_at'))

    op.drop_table('trail_hops')
    with op.batch_alter_table('sign_ups', schema=None) as batch_op:
        batch_op.drop_index('ix_sign_ups_queue')
        batch_op.drop_index(batch_op.f('ix_sign_ups_person_id'))

    op.drop_table('sign_ups')
    with op.batch_alter_table('plan_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_entries_event_id'))

    op.drop_table('plan_entries')
    with op.batch_alter_table('foreign_ideas', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_foreign_ideas_taken_as_id'))
        batch_op.drop_index('ix_foreign_ideas_newest')

    op.drop_table('foreign_ideas')
    with op.batch_alter_table('event_partners', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_partners_partner_id'))

    op.drop_table('event_partners')
    with op.batch_alter_table('event_helpers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_helpers_person_id'))

    op.drop_table('event_helpers')
    with op.batch_alter_table('event_letters', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_letters_event_id'))

    op.drop_table('event_letters')
    with op.batch_alter_table('event_messages', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_messages_person_id'))
        batch_op.drop_index(batch_op.f('ix_event_messages_event_id'))

    op.drop_table('event_messages')
    with op.batch_alter_table('partner_editors', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_partner_editors_person_id'))

    op.drop_table('partner_editors')
    with op.batch_alter_table('participations', schema=None) as batch_op:
        batch_op.drop_index('ix_participations_partner_id')

    op.drop_table('participations')
    op.drop_table('opinion_maps')
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_events_venue_id'))
        batch_op.drop_index(batch_op.f('ix_events_topic_id'))
        batch_op.drop_index(batch_op.f('ix_events_series_id'))
        batch_op.drop_index(batch_op.f('ix_events_proposed_by_id'))
        batch_op.drop_index('ix_events_programme')
        batch_op.drop_index('ix_events_partner_id')

    op.drop_table('events')
    op.drop_table('city_text_versions')
    op.drop_table('partners')
    with op.batch_alter_table('objections', schema=None) as batch_op:
        batch_op.drop_index('ix_objections_state_due_at')
        batch_op.drop_index(batch_op.f('ix_objections_person_id'))

    op.drop_table('objections')
    with op.batch_alter_table('event_series', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_series_edition_id'))

    op.drop_table('event_series')
    op.drop_table('city_texts')
    op.drop_table('city_settings')
    op.drop_table('calendar_links')
    with op.batch_alter_table('barriers', schema=None) as batch_op:
        batch_op.drop_index('ix_barriers_state_due_at')

    op.drop_table('barriers')
    with op.batch_alter_table('api_tokens', schema=None) as batch_op:
        batch_op.drop_index('ix_api_tokens_person_id')

    op.drop_table('api_tokens')
    op.drop_table('venues')
    op.drop_table('glossary_words')
    op.drop_table('exchange_sources')
    op.drop_table('job_runs')
