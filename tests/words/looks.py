"""Looks that the permission table does not name: other rows of a route, what an address asks, what is typed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils import timezone

from measures import periods
from measures.models import Measure
from p2.models import Letter
from projects.models import Project
from tests.permissions.stage import Stage
from tests.words.greek import greek


@dataclass(frozen=True)
class Look:
    """A request: by whom, where, with what. With `sent` it is a POST."""

    actor: str
    address: str
    sent: dict[str, str] | None = None
    heads: dict[str, str] = field(default_factory=dict)


FETCHED = {"X-Requested-With": "fetch"}
Looks = Iterator[Look]


def of(actor: str, route: str, *names: str, **asked: str) -> Look:
    return Look(actor, f"{reverse(route, args=names)}?{urlencode(asked)}")


def charts(stage: Stage) -> Looks:
    """Every measure of the lead's: page, history, definition, mark-up of a period, and the figure in both widths."""
    drawn = Measure.objects.filter(organization=stage.cast.own, project_measures=None, core_measure=None)
    for measure in drawn:
        names = (stage.cast.collaborative.slug, measure.ref)
        for route in ("measure", "history", "live", "define", "annotation", "rebase"):
            yield of("led", f"measures:{route}", *names)
        yield of("fac", "measures:measure", *names)
        for width in ("360", "1100"):
            yield of("led", "measures:figure", *names, width=width)


def portfolios(stage: Stage) -> Looks:
    slug = stage.cast.collaborative.slug
    for reader in ("fac", "off", "fun"):
        for asked in ({"view": "core"}, {"view": "projects", "sort": "name"}, {"all": "1", "page": "2"}):
            yield of(reader, "projects:portfolio", slug, **asked)
    for core in stage.cast.collaborative.core_measures.all():
        chosen = of("fac", "projects:portfolio", slug, core=core.ref)
        yield Look("fac", chosen.address, heads={"HX-Request": "true"})


def sheets(stage: Stage) -> Looks:
    """The sheet of each frequency, of months open, open again, closed and to come; each part of it; its paste."""
    names = (stage.cast.collaborative.slug, stage.cast.own.ref)
    newest = periods.latest_complete(timezone.localdate(), periods.MONTH)
    for reader in ("ent", "led", "off"):
        for frequency in ("month", "week", "quarter"):
            yield of(reader, "measures:sheet", *names, frequency=frequency)
        for steps in (1, -1, -2, -40):
            period = periods.following(newest, periods.MONTH, steps)
            yield of(reader, "measures:sheet", *names, period=str(period))
    for frequency in ("month", "week", "quarter"):
        yield of("ent", "measures:paste", *names, frequency=frequency)
    for part in ("needs", "due", "done"):
        yield of("ent", "measures:sheet", *names, show=part)
    for measure in Measure.objects.filter(organization=stage.cast.own).kept():
        yield of("led", "measures:sheet_row", *names, measure=measure.ref, period=str(newest))


TYPED = ("12", "12,5,1", "πολλά", "-1", "900", "0.1234567", "9" * 30, "4/0", "14/9", "")
"""Numbers that are taken, that are outside limits, and that are refused."""


def entries(stage: Stage) -> Looks:
    """A row saved, in months open and closed, with what can and cannot be read, without a reason, over another's."""
    cast = stage.cast
    where = reverse("measures:sheet", args=[cast.collaborative.slug, cast.own.ref])
    newest = periods.latest_complete(timezone.localdate(), periods.MONTH)
    before = periods.following(newest, periods.MONTH, -3)
    for name in ("Better", "Share", "Falls"):
        ref = Measure.objects.get(organization=cast.own, name=greek(name)).ref
        for typed in TYPED:
            for period in (newest, before):
                numbers = ("numerator", "denominator") if name == "Share" else ("value",)
                fields = {f"{ref}-{number}": typed for number in numbers}
                given = {"row": ref, "period": str(period), f"{ref}-have": "1", **fields}
                yield Look("ent", where, given, FETCHED)
        kept = {"period": str(newest), f"{ref}-have": "9", f"{ref}-had": "7", f"{ref}-value": "8"}
        yield Look("ent", where, {"row": ref, **kept}, FETCHED)
        yield Look("ent", where, kept)
        why_less = {f"{ref}-have": "1", f"{ref}-no_data": "other", "period": str(newest)}
        yield Look("ent", where, {"row": ref, **why_less}, FETCHED)
        yield Look("ent", where, {"confirm": ref, "period": str(newest)})
    for period in (str(periods.following(newest, periods.MONTH, 3)), "9"):
        yield Look("ent", where, {"row": ref, "period": period, f"{ref}-value": "1"}, FETCHED)


BLOCKS = (
    "12\t13\t14",
    "\tJan 2026\tFeb 2026\n{better}\t12\t13\nΤίποτα\t1\t2",
    "πολλά\t-4\t\n900\t1\t2\n3",
    "14/9\t12/388",
    "\tJan 2026\tJan 2026\tαργά\n{better}\t1\t2\t3",
    "{better}\n{share}",
    "12\n13\n14\n15",
    "1\t" * 400,
    "",
)
"""Pasted blocks: plain, with names and dates, with cells that cannot be read, ambiguous, too wide, empty."""


def pastes(stage: Stage) -> Looks:
    cast = stage.cast
    names = [cast.collaborative.slug, cast.own.ref]
    newest = periods.latest_complete(timezone.localdate(), periods.MONTH)
    for name in ("Better", "Share"):
        ref = Measure.objects.get(organization=cast.own, name=greek(name)).ref
        for block in BLOCKS:
            text = block.format(better=greek("Better"), share=greek("Share"))
            for steps in (0, -4):
                given = {
                    "text": text,
                    "measure": ref,
                    "period": str(periods.following(newest, periods.MONTH, steps)),
                }
                yield Look("ent", reverse("measures:paste", args=names), given)
                yield Look("ent", reverse("measures:paste_save", args=names), given)


def searches(stage: Stage) -> Looks:
    """Something of each kind, nothing, too little."""
    for reader in ("led", "fac", "adm"):
        for asked in (greek("hospital"), greek("project"), greek("share"), "ωωωω", "ω", ""):
            yield of(reader, "search", q=asked)


def letters(stage: Stage) -> Looks:
    for state in ("", *Letter.State.values):
        yield of("adm", "letters", state=state)


def places(stage: Stage) -> Looks:
    """Projects in every state."""
    for project in Project.objects.filter(organization=stage.cast.own):
        names = (stage.cast.collaborative.slug, project.ref)
        for reader in ("led", "mem", "fac"):
            yield of(reader, "projects:project", *names)


def doors(stage: Stage) -> Looks:
    """Invitations in every state, a new password, and what is refused there."""
    for role in ("member", "faculty"):
        for number in range(4):
            for reader in ("vis", "str"):
                yield of(reader, "organizations:invitation", f"{role}-{number}")
                token = reverse("organizations:invitation", args=[f"{role}-{number}"])
                yield Look(reader, token, {"name": "Ω", "password": "short"})
    yield of("vis", "organizations:invitation", "made-up")
    person = stage.cast.member
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    reset = f"/accounts/password/reset/key/{key}/"
    yield Look("vis", reset)
    for one, two in (("short", "short"), ("walk-the-ward-9", "walk-the-ward-8"), ("walk-the-ward-9",) * 2):
        yield Look(
            "vis", reset.replace(key.split("-", 1)[1], "set-password"), {"password1": one, "password2": two}
        )
    for address in ("no address", "x" * 250 + "@example.org", person.email):
        yield Look("vis", reverse("account_reset_password"), {"email": address})
    for password in ("", "wrong"):
        yield Look("vis", reverse("account_login"), {"login": person.email, "password": password})


def refused(stage: Stage) -> Looks:
    """What is not there, not allowed, not readable, and what the API says of it."""
    yield Look("vis", "/no-such-page")
    yield Look("mem", reverse("letters"))
    yield Look("mem", "/?q=%00")
    yield Look("mem", "/", heads={"Content-Type": "text/html; charset=latin-1"})
    for row in ("collaborative", "organization", "measure", "project"):
        for reader in ("vis", "str", "led"):
            yield of(reader, f"api:{row}-detail", "made-up")
            yield of(reader, f"api:{row}-list", cursor="made-up", page_size="many", since="soon")


LOOKS: dict[str, Callable[[Stage], Looks]] = {
    looks.__name__: looks
    for looks in (charts, portfolios, sheets, entries, pastes, searches, letters, places, doors, refused)
}
