"""People, known to the whole site, and when they were last here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import connection, models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organizations.models.collaborative import Collaborative
from organizations.models.phase import last_day_of
from organizations.models.standing import NOBODY, Standing
from p2.columns.folding import FoldedField
from p2.columns.refs import new_ref
from p2.words.languages import first_installed, installed


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


ROLES = f"""
    SELECT user_id, organization_id, role, collaborative_id, {last_day_of("role.organization_id")}, language
    FROM organizations_membership AS role
    JOIN organizations_organization AS place ON place.id = organization_id
    JOIN organizations_collaborative AS home ON home.id = collaborative_id
    WHERE user_id = ANY(%(people)s) AND ended_at IS NULL
    UNION ALL
    SELECT user_id, NULL, role, collaborative_id, NULL, language
    FROM organizations_appointment JOIN organizations_collaborative AS home ON home.id = collaborative_id
    WHERE user_id = ANY(%(people)s) AND ended_at IS NULL
    UNION ALL
    SELECT id, NULL, CASE WHEN is_staff THEN 'site admin' ELSE '' END, NULL, NULL, ''
    FROM organizations_user WHERE id = ANY(%(people)s) AND is_active
    ORDER BY 4
"""  # noqa: S608 - a statement of our own
"""What each of these people is here: organization or none, role, collaborative, the end of the organization's last
phase, the collaborative's language. The last row of each, without a collaborative, is the account of who may come in:
site admin or not.

Every request asks it, and building this query anew each time took longer than its answer.
"""


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known to the whole site by e-mail address. Roles hang on Membership and Appointment."""

    ref = models.CharField(_("ref"), max_length=12, unique=True, default=new_ref, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    folded = FoldedField(of=("name", "email"))
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_staff = models.BooleanField(_("site admin"), default=False)
    is_active = models.BooleanField(_("is active"), default=True)
    wants_digest = models.BooleanField(_("wants digest"), default=True)
    date_joined = models.DateTimeField(_("date joined"), auto_now_add=True)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        """One or two capital letters: AO for Amara Okafor."""
        words = [word for word in self.name.split() if word[0].isalpha() and not word.endswith(".")]
        named = [word for word in words if word not in {"Dr", "Prof", "Mr", "Ms", "Mrs"}] or ["?"]
        return (named[0][0] + (named[-1][0] if len(named) > 1 else "")).upper()

    def language_of_home(self) -> str:
        """The language of a collaborative that the person works in; empty for nobody's."""
        return self.standing.language

    def reads(self) -> str:
        """The language in which a letter speaks to this person."""
        return installed(self.language) or first_installed(self.language_of_home())

    @cached_property
    def standing(self) -> Standing:
        """All that the person is here: one query, with memberships and appointments in one union."""
        if not self.is_active:
            return NOBODY
        return standing_from(_roles_of([self]))


def standing_from(rows: Sequence[Sequence[Any]]) -> Standing:
    """The standing that one person's rows of `ROLES` tell."""
    roles = [row for row in rows if row[3] is not None]
    account = next((row for row in rows if row[3] is None), None)
    if account is None:
        return NOBODY
    return Standing(
        is_site_admin=account[2] != "",
        roles=_gathered((place, role) for _, place, role, *_ in roles if place is not None),
        homes={place: home for _, place, _, home, *_ in roles if place is not None},
        last_days={place: _day(last) for _, place, _, _, last, _ in roles if last is not None},
        appointments=_gathered((home, role) for _, place, role, home, *_ in roles if place is None),
        language=roles[0][5] if roles else "",
    )


def _day(told: date | str) -> date:
    """A day of a row, or of the same row as JSON."""
    return told if isinstance(told, date) else date.fromisoformat(told)


def forget_standing(user: User) -> None:
    """Read the standing anew at the next question: a verb has just changed it."""
    with suppress(AttributeError):
        del user.standing  # and not from `__dict__`: a request's user is wrapped, and has one of its own


def as_of_now(user: User) -> User:
    """The same person, whose roles are read anew: what a verb asks for its right once it holds its rows.

    A role may have ended while the request waited for a lock, and what was remembered of it since the request began
    no longer counts.
    """
    forget_standing(user)
    return user


def know_standings(people: Iterable[User]) -> None:
    """Read the standing of everybody in one query, where each would take one of its own."""
    asked = [person for person in people if person.is_active]
    rows = _roles_of(asked) if asked else []
    for person in asked:
        person.standing = standing_from([row for row in rows if row[0] == person.pk])


def _roles_of(people: Sequence[User]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(ROLES, {"people": [person.pk for person in people]})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _gathered(pairs: Iterable[tuple[int, str]]) -> dict[int, frozenset[str]]:
    gathered: dict[int, set[str]] = {}
    for key, role in pairs:
        gathered.setdefault(key, set()).add(role)
    return {key: frozenset(roles) for key, roles in gathered.items()}


class Presence(models.Model):
    """When a person was last here, in a collaborative, and the time before: what is new to them lies between."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("user"), related_name="presences"
    )
    collaborative = models.ForeignKey(
        Collaborative, models.CASCADE, verbose_name=_("collaborative"), related_name="+"
    )
    latest_at = models.DateTimeField(_("latest at"))
    previous_at = models.DateTimeField(_("previous at"), null=True)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "collaborative"], name="presence_one_row_a_person"),
        ]

    def __str__(self) -> str:
        return gettext("%(person)s at %(place)s") % {"person": self.user, "place": self.collaborative}
