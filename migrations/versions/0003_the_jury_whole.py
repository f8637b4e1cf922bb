"""the jury whole"""

import sqlalchemy as sa
from alembic import op

from ideenlab.core import db

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('calibrations',
    sa.Column('hackathon_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('opened_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('closed_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['hackathon_id'], ['hackathons.id'], name=op.f('fk_calibrations_hackathon_id')),
    sa.PrimaryKeyConstraint('hackathon_id', name=op.f('pk_calibrations'))
    )
    op.create_table('deliberations',
    sa.Column('hackathon_id', sa.Integer(), nullable=False),
    sa.Column('opened_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=True),
    sa.Column('closed_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['hackathon_id'], ['hackathons.id'], name=op.f('fk_deliberations_hackathon_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['people.id'], name=op.f('fk_deliberations_opened_by_id')),
    sa.PrimaryKeyConstraint('hackathon_id', name=op.f('pk_deliberations'))
    )
    op.create_table('jury_rounds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hackathon_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('carried_over', db.ExactDecimal(length=40), nullable=False),
    sa.Column('opened_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=True),
    sa.Column('closed_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('final', 'second')", name=op.f('ck_jury_rounds_kind')),
    sa.CheckConstraint('number >= 2', name=op.f('ck_jury_rounds_number')),
    sa.ForeignKeyConstraint(['hackathon_id'], ['hackathons.id'], name=op.f('fk_jury_rounds_hackathon_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['people.id'], name=op.f('fk_jury_rounds_opened_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jury_rounds')),
    sa.UniqueConstraint('hackathon_id', 'number', name=op.f('uq_jury_rounds_hackathon_id_number'))
    )
    op.create_table('jury_rules_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hackathon_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('frozen_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['hackathon_id'], ['hackathons.id'], name=op.f('fk_jury_rules_versions_hackathon_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jury_rules_versions')),
    sa.UniqueConstraint('hackathon_id', 'number', name=op.f('uq_jury_rules_versions_hackathon_id_number'))
    )
    op.create_table('calibration_scores',
    sa.Column('juror_id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('half_points', sa.Integer(), nullable=False),
    sa.Column('scored_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['criterion_id'], ['criteria.id'], name=op.f('fk_calibration_scores_criterion_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['juror_id'], ['jurors.id'], name=op.f('fk_calibration_scores_juror_id')),
    sa.PrimaryKeyConstraint('juror_id', 'criterion_id', name=op.f('pk_calibration_scores'))
    )
    op.create_table('reveals',
    sa.Column('result_id', sa.Integer(), nullable=False),
    sa.Column('prize', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('place', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('revealed_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['result_id'], ['results.id'], name=op.f('fk_reveals_result_id')),
    sa.PrimaryKeyConstraint('result_id', 'prize', 'place', name=op.f('pk_reveals'))
    )
    op.create_table('prizes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hackathon_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('description', sa.String(length=300), nullable=False),
    sa.Column('challenge_id', sa.Integer(), nullable=True),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.CheckConstraint('places >= 1', name=op.f('ck_prizes_places')),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenges.id'], name=op.f('fk_prizes_challenge_id')),
    sa.ForeignKeyConstraint(['hackathon_id'], ['hackathons.id'], name=op.f('fk_prizes_hackathon_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_prizes')),
    sa.UniqueConstraint('hackathon_id', 'position', name=op.f('uq_prizes_hackathon_id_position')),
    sa.UniqueConstraint('hackathon_id', 'title', name=op.f('uq_prizes_hackathon_id_title')),
    sqlite_autoincrement=True
    )
    op.create_table('prize_criteria',
    sa.Column('prize_id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('weight', db.ExactDecimal(length=40), nullable=False),
    sa.ForeignKeyConstraint(['criterion_id'], ['criteria.id'], name=op.f('fk_prize_criteria_criterion_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['prize_id'], ['prizes.id'], name=op.f('fk_prize_criteria_prize_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('prize_id', 'criterion_id', name=op.f('pk_prize_criteria'))
    )
    op.create_table('recusals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('juror_id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('kind', sa.String(length=14), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('mentor', 'organisation', 'domain', 'challenge', 'idea', 'other')", name=op.f('ck_recusals_kind')),
    sa.CheckConstraint("state IN ('declared', 'blocked', 'dismissed')", name=op.f('ck_recusals_state')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_recusals_decided_by_id')),
    sa.ForeignKeyConstraint(['juror_id'], ['jurors.id'], name=op.f('fk_recusals_juror_id')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_recusals_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recusals')),
    sa.UniqueConstraint('juror_id', 'team_id', name=op.f('uq_recusals_juror_id_team_id'))
    )
    with op.batch_alter_table('recusals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recusals_team_id'), ['team_id'], unique=False)

    op.create_table('fits',
    sa.Column('prototype_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('meets_it', sa.Boolean(), nullable=False),
    sa.Column('answered_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_fits_person_id')),
    sa.ForeignKeyConstraint(['prototype_id'], ['prototypes.id'], name=op.f('fk_fits_prototype_id')),
    sa.PrimaryKeyConstraint('prototype_id', 'person_id', name=op.f('pk_fits'))
    )
    with op.batch_alter_table('fits', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fits_person_id'), ['person_id'], unique=False)

    op.create_table('feedback',
    sa.Column('prototype_id', sa.Integer(), nullable=False),
    sa.Column('released_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('released_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['prototype_id'], ['prototypes.id'], name=op.f('fk_feedback_prototype_id')),
    sa.ForeignKeyConstraint(['released_by_id'], ['people.id'], name=op.f('fk_feedback_released_by_id')),
    sa.PrimaryKeyConstraint('prototype_id', name=op.f('pk_feedback'))
    )
    op.create_table('jury_assignments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('juror_id', sa.Integer(), nullable=False),
    sa.Column('prototype_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=12), nullable=False),
    sa.Column('made_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("source IN ('plan', 'replacement', 'added')", name=op.f('ck_jury_assignments_source')),
    sa.ForeignKeyConstraint(['juror_id'], ['jurors.id'], name=op.f('fk_jury_assignments_juror_id')),
    sa.ForeignKeyConstraint(['prototype_id'], ['prototypes.id'], name=op.f('fk_jury_assignments_prototype_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jury_assignments')),
    sa.UniqueConstraint('juror_id', 'prototype_id', name=op.f('uq_jury_assignments_juror_id_prototype_id'))
    )
    with op.batch_alter_table('jury_assignments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_jury_assignments_prototype_id'), ['prototype_id'], unique=False)

    op.create_table('jury_round_prototypes',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('prototype_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['prototype_id'], ['prototypes.id'], name=op.f('fk_jury_round_prototypes_prototype_id')),
    sa.ForeignKeyConstraint(['round_id'], ['jury_rounds.id'], name=op.f('fk_jury_round_prototypes_round_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', 'prototype_id', name=op.f('pk_jury_round_prototypes'))
    )
    op.create_table('minutes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hackathon_id', sa.Integer(), nullable=False),
    sa.Column('prototype_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=True),
    sa.Column('written_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['hackathon_id'], ['hackathons.id'], name=op.f('fk_minutes_hackathon_id')),
    sa.ForeignKeyConstraint(['prototype_id'], ['prototypes.id'], name=op.f('fk_minutes_prototype_id')),
    sa.ForeignKeyConstraint(['written_by_id'], ['people.id'], name=op.f('fk_minutes_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_minutes'))
    )
    with op.batch_alter_table('minutes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_minutes_hackathon_id'), ['hackathon_id'], unique=False)

    op.create_table('paper_ballots',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('juror_id', sa.Integer(), nullable=False),
    sa.Column('prototype_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('checked_content', sa.Text(), nullable=False),
    sa.Column('typed_by_id', sa.Integer(), nullable=False),
    sa.Column('typed_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('checked_by_id', sa.Integer(), nullable=True),
    sa.Column('checked_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('typed', 'accepted', 'differs')", name=op.f('ck_paper_ballots_state')),
    sa.ForeignKeyConstraint(['checked_by_id'], ['people.id'], name=op.f('fk_paper_ballots_checked_by_id')),
    sa.ForeignKeyConstraint(['juror_id'], ['jurors.id'], name=op.f('fk_paper_ballots_juror_id')),
    sa.ForeignKeyConstraint(['prototype_id'], ['prototypes.id'], name=op.f('fk_paper_ballots_prototype_id')),
    sa.ForeignKeyConstraint(['typed_by_id'], ['people.id'], name=op.f('fk_paper_ballots_typed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_ballots')),
    sa.UniqueConstraint('juror_id', 'prototype_id', 'round', name=op.f('uq_paper_ballots_juror_id_prototype_id_round'))
    )
    with op.batch_alter_table('paper_ballots', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_ballots_prototype_id'), ['prototype_id'], unique=False)

    op.create_table('withheld_texts',
    sa.Column('ballot_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(length=16), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('withheld_by_id', sa.Integer(), nullable=True),
    sa.Column('withheld_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("part IN ('strength', 'second_strength', 'next_step', 'comment')", name=op.f('ck_withheld_texts_part')),
    sa.ForeignKeyConstraint(['ballot_id'], ['ballots.id'], name=op.f('fk_withheld_texts_ballot_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['withheld_by_id'], ['people.id'], name=op.f('fk_withheld_texts_withheld_by_id')),
    sa.PrimaryKeyConstraint('ballot_id', 'part', name=op.f('pk_withheld_texts'))
    )
    with op.batch_alter_table('ballot_revisions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('source', sa.String(length=10), nullable=False, server_default='online'))
        batch_op.create_check_constraint(
            batch_op.f('ck_ballot_revisions_source'), "source IN ('online', 'paper', 'import')"
        )

    with op.batch_alter_table('ballots', schema=None) as batch_op:
        batch_op.add_column(sa.Column('round', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('rules_version', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('strength', sa.String(length=300), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('second_strength', sa.String(length=300), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('next_step', sa.String(length=300), nullable=False, server_default=''))
        batch_op.drop_constraint(batch_op.f('uq_ballots_juror_id_prototype_id'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_ballots_juror_id_prototype_id_round'), ['juror_id', 'prototype_id', 'round'])
        batch_op.create_check_constraint(batch_op.f('ck_ballots_round'), 'round >= 1')

    if op.get_bind().dialect.name == 'sqlite':  # a number is never given twice
        with op.batch_alter_table('criteria', recreate='always', table_kwargs={'sqlite_autoincrement': True}):
            pass

    with op.batch_alter_table('jurors', schema=None) as batch_op:
        batch_op.add_column(sa.Column('profile', sa.String(length=600), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('is_shown', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('informed_at', db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('confirmed_version', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('reminded_at', db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('replaces_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_jurors_replaces_id'), 'jurors', ['replaces_id'], ['id'])

    with op.batch_alter_table('jury_rules', schema=None) as batch_op:
        batch_op.add_column(sa.Column('step_half_points', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('aggregate', sa.String(length=10), nullable=False, server_default='mean'))
        batch_op.add_column(sa.Column('missing', sa.String(length=12), nullable=False, server_default='left_out'))
        batch_op.add_column(sa.Column('ties', sa.String(length=12), nullable=False, server_default='criterion'))
        batch_op.add_column(sa.Column('conflicts', sa.String(length=1000), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('panel', sa.String(length=10), nullable=False, server_default='full'))
        batch_op.add_column(sa.Column('ballots_each', sa.Integer(), nullable=False, server_default='5'))
        batch_op.add_column(sa.Column('plan_seed', sa.String(length=80), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('planned_at', db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('feedback_required', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('audience', sa.String(length=10), nullable=False, server_default='everybody'))
        batch_op.add_column(sa.Column('shows_bands', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('reason', sa.String(length=500), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('before', sa.Text(), nullable=False, server_default=''))
        batch_op.create_check_constraint(batch_op.f('ck_jury_rules_step'), "step_half_points IN (1, 2)")
        batch_op.create_check_constraint(batch_op.f('ck_jury_rules_aggregate'), "aggregate IN ('mean', 'median', 'corrected')")
        batch_op.create_check_constraint(batch_op.f('ck_jury_rules_missing'), "missing IN ('left_out', 'not_counted')")
        batch_op.create_check_constraint(batch_op.f('ck_jury_rules_ties'), "ties IN ('criterion', 'comparison', 'shared')")
        batch_op.create_check_constraint(batch_op.f('ck_jury_rules_panel'), "panel IN ('full', 'plan')")
        batch_op.create_check_constraint(batch_op.f('ck_jury_rules_audience'), "audience IN ('everybody', 'teams')")
        batch_op.create_check_constraint(batch_op.f('ck_jury_rules_ballots_each'), "ballots_each >= 1")

    with op.batch_alter_table('results', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sealed_at', db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('audience', sa.String(length=10), nullable=False, server_default='everybody'))
        batch_op.add_column(sa.Column('withdrawn_at', db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('withdrawn_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('withdrawal_reason', sa.String(length=500), nullable=False, server_default=''))
        batch_op.alter_column('published_at',
               existing_type=db.UtcDateTime(timezone=True),
               nullable=True)
        batch_op.create_foreign_key(batch_op.f('fk_results_withdrawn_by_id'), 'people', ['withdrawn_by_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_results_audience'), "audience IN ('everybody', 'teams')")
        batch_op.create_check_constraint(
            batch_op.f('ck_results_withdrawal_reason'), "withdrawn_at IS NULL OR withdrawal_reason <> ''"
        )
    _look_after_people()
    op.execute("UPDATE results SET sealed_at = published_at")
    with op.batch_alter_table('results', schema=None) as batch_op:
        batch_op.alter_column('sealed_at', existing_type=db.UtcDateTime(timezone=True), nullable=False)



def _look_after_people() -> None:
    """Groups that are cancelled, teachers who are told, helpers at the entrance, tickets as pictures, hidden texts."""
    op.create_table('check_in_helpers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hackathon_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('named_at', db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['hackathon_id'], ['hackathons.id'], name=op.f('fk_check_in_helpers_hackathon_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_check_in_helpers_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_in_helpers')),
    sa.UniqueConstraint('hackathon_id', 'person_id', name=op.f('uq_check_in_helpers_hackathon_id_person_id'))
    )
    with op.batch_alter_table('check_in_helpers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_check_in_helpers_person_id'), ['person_id'], unique=False)
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('registered_by_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_people_registered_by_id'), ['registered_by_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_people_registered_by_id'), 'people', ['registered_by_id'], ['id'])
    with op.batch_alter_table('registration_groups', schema=None) as batch_op:
        batch_op.add_column(sa.Column('cancelled_at', db.UtcDateTime(timezone=True), nullable=True))
    with op.batch_alter_table('teams', schema=None) as batch_op:
        batch_op.add_column(sa.Column('about_hidden_at', db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('hidden_about', sa.String(length=500), nullable=False, server_default=''))
    with op.batch_alter_table('mails', schema=None) as batch_op:
        batch_op.add_column(sa.Column('qr_text', sa.String(length=500), nullable=False, server_default=''))


def _look_away() -> None:
    with op.batch_alter_table('mails', schema=None) as batch_op:
        batch_op.drop_column('qr_text')
    with op.batch_alter_table('teams', schema=None) as batch_op:
        batch_op.drop_column('hidden_about')
        batch_op.drop_column('about_hidden_at')
    with op.batch_alter_table('registration_groups', schema=None) as batch_op:
        batch_op.drop_column('cancelled_at')
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_people_registered_by_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_people_registered_by_id'))
        batch_op.drop_column('registered_by_id')
    op.drop_table('check_in_helpers')


def _empty() -> None:
    """What the older tables have no words for: later rounds, and results that are sealed or withdrawn."""
    later = "(SELECT id FROM ballots WHERE round > 1)"
    op.execute(f"DELETE FROM withheld_texts WHERE ballot_id IN {later}")
    op.execute(f"DELETE FROM scores WHERE ballot_id IN {later}")
    op.execute(f"DELETE FROM ballot_revisions WHERE ballot_id IN {later}")
    op.execute("DELETE FROM ballots WHERE round > 1")
    op.execute("DELETE FROM reveals")
    op.execute("DELETE FROM results WHERE published_at IS NULL OR withdrawn_at IS NOT NULL")


def downgrade() -> None:
    _look_away()
    _empty()
    with op.batch_alter_table('results', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_results_withdrawal_reason'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_results_audience'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_results_withdrawn_by_id'), type_='foreignkey')
        batch_op.alter_column('published_at',
               existing_type=db.UtcDateTime(timezone=True),
               nullable=False)
        batch_op.drop_column('withdrawal_reason')
        batch_op.drop_column('withdrawn_by_id')
        batch_op.drop_column('withdrawn_at')
        batch_op.drop_column('audience')
        batch_op.drop_column('sealed_at')

    with op.batch_alter_table('jury_rules', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_jury_rules_step'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_jury_rules_aggregate'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_jury_rules_missing'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_jury_rules_ties'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_jury_rules_panel'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_jury_rules_audience'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_jury_rules_ballots_each'), type_='check')
        batch_op.drop_column('before')
        batch_op.drop_column('reason')
        batch_op.drop_column('version')
        batch_op.drop_column('shows_bands')
        batch_op.drop_column('audience')
        batch_op.drop_column('feedback_required')
        batch_op.drop_column('planned_at')
        batch_op.drop_column('plan_seed')
        batch_op.drop_column('ballots_each')
        batch_op.drop_column('panel')
        batch_op.drop_column('conflicts')
        batch_op.drop_column('ties')
        batch_op.drop_column('missing')
        batch_op.drop_column('aggregate')
        batch_op.drop_column('step_half_points')

    with op.batch_alter_table('jurors', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_jurors_replaces_id'), type_='foreignkey')
        batch_op.drop_column('replaces_id')
        batch_op.drop_column('reminded_at')
        batch_op.drop_column('confirmed_version')
        batch_op.drop_column('informed_at')
        batch_op.drop_column('is_shown')
        batch_op.drop_column('profile')

    with op.batch_alter_table('ballots', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_ballots_round'), type_='check')
        batch_op.drop_constraint(batch_op.f('uq_ballots_juror_id_prototype_id_round'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_ballots_juror_id_prototype_id'), ['juror_id', 'prototype_id'])
        batch_op.drop_column('next_step')
        batch_op.drop_column('second_strength')
        batch_op.drop_column('strength')
        batch_op.drop_column('rules_version')
        batch_op.drop_column('round')

    with op.batch_alter_table('ballot_revisions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_ballot_revisions_source'), type_='check')
        batch_op.drop_column('source')

    op.drop_table('withheld_texts')
    with op.batch_alter_table('paper_ballots', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_ballots_prototype_id'))

    op.drop_table('paper_ballots')
    with op.batch_alter_table('minutes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_minutes_hackathon_id'))

    op.drop_table('minutes')
    op.drop_table('jury_round_prototypes')
    with op.batch_alter_table('jury_assignments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_jury_assignments_prototype_id'))

    op.drop_table('jury_assignments')
    op.drop_table('feedback')
    with op.batch_alter_table('fits', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_fits_person_id'))

    op.drop_table('fits')
    with op.batch_alter_table('recusals', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recusals_team_id'))

    op.drop_table('recusals')
    op.drop_table('prize_criteria')
    op.drop_table('prizes')
    op.drop_table('reveals')
    op.drop_table('calibration_scores')
    op.drop_table('jury_rules_versions')
    op.drop_table('jury_rounds')
    op.drop_table('deliberations')
    op.drop_table('calibrations')
