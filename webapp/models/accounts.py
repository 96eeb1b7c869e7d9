"""Accounts: who can sign in, with which role, for which VIO or host organization."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask_security import AsaList, RoleMixin, UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, UtcDateTime, one_of

if TYPE_CHECKING:
    from webapp.models.hosts import Host
    from webapp.models.passkeys import Passkey
    from webapp.models.vios import Vio
    from webapp.models.volunteers import Volunteer

VOLUNTEER, HOST, COORDINATOR, ADMINISTRATOR = "volunteer", "host", "coordinator", "administrator"
SUPPORTER, FOCAL_POINT = "supporter", "focal_point"
ROLES = (VOLUNTEER, HOST, COORDINATOR, ADMINISTRATOR, SUPPORTER, FOCAL_POINT)
ERASED_HOUSE = "@erased.invalid"  # of addresses that stand where an erased person's stood
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 128
STAFF = (COORDINATOR, ADMINISTRATOR, FOCAL_POINT)


class Role(Base, RoleMixin):
    """Only what Flask-Security asks for; the role that counts is `User.role`, one for each account."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)


class User(Base, UserMixin):
    """An account. The columns without comment are those that Flask-Security names."""

    __tablename__ = "user"
    __table_args__ = (
        one_of("role", ROLES),
        CheckConstraint("role = 'administrator' OR vio_id IS NOT NULL", name="vio_for_all_but_administrators"),
        CheckConstraint("(role = 'host') = (host_id IS NOT NULL)", name="host_account_has_host"),
        Index("ix_user_of_role", "role", "active", "vio_id"),  # staff are few among the accounts of volunteers
        Index("ix_user_by_address", text("lower(email)"), "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_phone_number: Mapped[str | None] = mapped_column(String(128))
    tf_last_step: Mapped[int | None] = mapped_column()  # ours: the 30 seconds whose code was taken last
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(  # type: ignore[assignment]
        String(64), index=True, unique=True
    )

    role: Mapped[str] = mapped_column(String(20))
    vio_id: Mapped[int | None] = mapped_column(ForeignKey("vio.id"), index=True)
    host_id: Mapped[int | None] = mapped_column(ForeignKey("host.id"), index=True)
    # How the office calls a member of staff or of a host; volunteers have their names in the profile.
    display_name: Mapped[str | None] = mapped_column(String(200))
    locale: Mapped[str | None] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column()
    # Of a coordinator who acts for some countries only, their codes; empty: all of them (services/delegations.py).
    delegated: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    # No column: a host without account acts by a link as a User that is never stored (services/by_mail/links.py).
    link_id: int = 0

    vio: Mapped[Vio | None] = relationship()
    host: Mapped[Host | None] = relationship(foreign_keys=[host_id])
    volunteer: Mapped[Volunteer | None] = relationship(back_populates="user")
    webauthn: Mapped[list[Passkey]] = relationship(  # type: ignore[assignment]
        back_populates="user", cascade="all, delete-orphan", passive_deletes=True, order_by="Passkey.id"
    )

    @property
    def roles(self) -> list[Role]:  # type: ignore[override]
        """Flask-Security's view of the role (this service asks `role`)."""
        return []

    def verify_and_update_password(self, password: str) -> bool:
        """Whether this is the password; what is longer than any can be is not hashed."""
        return len(password) <= LONGEST_PASSWORD and bool(super().verify_and_update_password(password))

    @property
    def is_staff(self) -> bool:
        """Whether this account may see other people's profiles or settings as part of an office."""
        return self.role in STAFF

    @property
    def is_erased(self) -> bool:
        """Whether this is what is left of somebody who had everything deleted."""
        return self.email.endswith(ERASED_HOUSE)

    @property
    def is_delegated(self) -> bool:
        """Whether it acts for some countries of its VIO only."""
        return bool(self.delegated)

    @property
    def has_second_factor(self) -> bool:
        """Whether a code or a passkey is asked for after the password."""
        return bool(self.tf_primary_method or self.webauthn)


class SignInFailure(Base):
    """A failed log-in or a letter that anybody can have sent, kept by hashes alone to throttle both."""

    __tablename__ = "sign_in_failure"

    id: Mapped[int] = mapped_column(primary_key=True)
    email_hash: Mapped[str] = mapped_column(String(64), index=True)
    address_hash: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(index=True)


class Invitation(Base):
    """A one-time link by which a member of staff, a host or an imported volunteer gets an account."""

    __tablename__ = "invitation"
    __table_args__ = (
        one_of("role", ROLES),
        Index("ix_invitation_of_volunteer", "volunteer_id", "email"),
        Index("ix_invitation_of_role", "role", "accepted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(20))
    vio_id: Mapped[int | None] = mapped_column(ForeignKey("vio.id"), index=True)
    host_id: Mapped[int | None] = mapped_column(ForeignKey("host.id"))
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id"))
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    # Of a coordinator who is to act for some countries only, their codes; empty: all of them.
    delegated: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    created_at: Mapped[datetime] = mapped_column()
    expires_at: Mapped[datetime] = mapped_column()
    accepted_at: Mapped[datetime | None] = mapped_column()
