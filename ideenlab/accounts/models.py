from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, reconstructor, relationship
from sqlalchemy.orm.attributes import set_committed_value

from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.core.rereading import reread

PSEUDONYM_LENGTH, FOLDED_LENGTH = 60, 120
AGE_BANDS = ("under_16", "16_17", "adult")
ROLES = ("juror", "moderator", "organiser", "administrator")  # "citizen" is everybody
SIGN_IN_DAYS = 30  # then everybody signs in again
STAFF_HOURS, STAFF_IDLE_MINUTES = 12, 60
STAFF = ("moderator", "organiser", "administrator")  # who need a second factor


class Person(UserMixin, Model):
    """Somebody with an account. The pseudonym is public, the address never."""

    __tablename__ = "people"
    __table_args__ = (
        UniqueConstraint("pseudonym_folded"),
        UniqueConstraint("email"),
        CheckConstraint("age_band IN ('under_16', '16_17', 'adult')", name="age_band"),
        CheckConstraint("state IN ('unconfirmed', 'waiting_for_guardian', 'active', 'closed')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pseudonym: Mapped[str] = mapped_column(String(PSEUDONYM_LENGTH))
    pseudonym_folded: Mapped[str] = mapped_column(String(FOLDED_LENGTH))  # a stand-in until confirmed
    email: Mapped[str | None] = mapped_column(String(254))  # normalised; None for imported jurors
    guardian_email: Mapped[str | None] = mapped_column(String(254))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    age_band: Mapped[str] = mapped_column(String(10), default="adult")
    state: Mapped[str] = mapped_column(String(24), default="unconfirmed")
    language: Mapped[str] = mapped_column(String(2), default="de")
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    totp_last_step: Mapped[int] = mapped_column(default=0)  # a code works once
    is_guest: Mapped[bool] = mapped_column(default=False)  # proved an address, has not chosen a name yet
    suspended_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # may read, not write
    suspended_reason: Mapped[str] = mapped_column(String(500), default="")
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    is_trial: Mapped[bool] = mapped_column(default=False)  # made for a rehearsal, gone with it
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    # a teacher, who passes on what somebody without an address is told
    registered_by: Mapped["Person | None"] = relationship(remote_side=[id])
    roles: Mapped[list["Role"]] = relationship(back_populates="person", cascade="all, delete-orphan", lazy="selectin")

    @reconstructor
    def name_who_was_erased(self) -> None:
        """Nobody of `privacy` has a name in German; English pages say it in English."""
        if self.__dict__.get("state") == "closed" and (name := self.__dict__.get("pseudonym")):
            set_committed_value(self, "pseudonym", reread(name, "Erased %(number)s"))

    def has_role(self, *names: str) -> bool:
        return any(role.name in names for role in self.roles)

    @property
    def is_active(self) -> bool:
        return self.state == "active"


class Role(Model):
    """Given, never claimed."""

    __tablename__ = "roles"
    __table_args__ = (
        UniqueConstraint("person_id", "name"),
        CheckConstraint("name IN ('juror', 'moderator', 'organiser', 'administrator')", name="name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    person: Mapped[Person] = relationship(back_populates="roles")
    name: Mapped[str] = mapped_column(String(20))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class SignIn(Model):
    """One browser that is signed in. The cookie holds a secret of which only the hash is kept; no row, no access."""

    __tablename__ = "sign_ins"
    __table_args__ = (UniqueConstraint("secret_hash"), Index("ix_sign_ins_person_id", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    secret_hash: Mapped[str] = mapped_column(String(64))
    device: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    second_factor_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Token(Model):
    """A link or code that works once, for one purpose and one address."""

    __tablename__ = "tokens"
    __table_args__ = (
        UniqueConstraint("secret_hash"),
        Index("ix_tokens_person_id_purpose", "person_id", "purpose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    person: Mapped[Person] = relationship()
    address: Mapped[str] = mapped_column(String(254))
    secret_hash: Mapped[str] = mapped_column(String(64))
    browser_hash: Mapped[str | None] = mapped_column(String(64))  # the browser that asked, where that matters
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RecoveryCode(Model):
    """One of the printed codes that stand in for a lost second factor."""

    __tablename__ = "recovery_codes"
    __table_args__ = (UniqueConstraint("person_id", "code_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FailedTry(Model):
    """A password or code that was tried, or a mail that was asked for: counted per account and network.

    A try is written down before it is decided and taken back when it was right, so that many at once are counted too.
    """

    __tablename__ = "failed_tries"
    __table_args__ = (Index("ix_failed_tries_account_key_at", "account_key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_key: Mapped[str] = mapped_column(String(64))  # hash of purpose and address, known or not
    network: Mapped[str] = mapped_column(String(64))
    wider_network: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class ApiToken(Model):
    """A key with which a program acts for a person, within its scopes. Shown once, kept as a hash."""

    __tablename__ = "api_tokens"
    __table_args__ = (UniqueConstraint("secret_hash"), Index("ix_api_tokens_person_id", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    person: Mapped[Person] = relationship()
    name: Mapped[str] = mapped_column(String(80))
    scopes: Mapped[str] = mapped_column(String(200), default="")  # separated by blanks
    secret_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
