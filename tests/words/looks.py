"""Looks that the permission table does not name: other rows of a route, what an address asks, what is typed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib import admin
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from measures import periods
from measures.models import Measure
from organizations.models import Organization
from p2 import trail
from p2.models import AuditEntry, Letter
from p2.web.unsent.form import Unsent
from p2.web.unsent.typist import COOKIE, SALT
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


WRITTEN_ON = ("Better", "Worse", "Share", "Steady")
"""Measures with mark-ups, versions, corrections, reasons."""


def charts(stage: Stage) -> Looks:
    """Measures in every state, by two sets of rules, with their figures; what is written on some of them."""
    own, elsewhere = stage.cast.own, stage.cast.elsewhere_organization
    for measure in Measure.objects.filter(organization=elsewhere):
        yield of("adm", "measures:measure", elsewhere.collaborative.slug, measure.ref)
    drawn = Measure.objects.filter(organization=own).exclude(
        project_measures__role__in=["process", "balancing"]
    )
    for measure in drawn.distinct():
        names = (own.collaborative.slug, measure.ref)
        yield of("led", "measures:measure", *names)
        yield of("led", "measures:figure", *names, width="1100")
        if measure.name in map(greek, WRITTEN_ON):
            yield of("led", "measures:figure", *names, width="360")
            yield of("fac", "measures:measure", *names)
            for route in ("history", "define", "annotation", "rebase"):
                yield of("led", f"measures:{route}", *names)


def nothing(stage: Stage) -> Looks:
    """Pages on which nothing stands yet."""
    bare = Organization.objects.get(collaborative__slug="bare")
    yield of("adm", "organizations:collaboratives")
    for route in (
        "organizations:collaborative",
        "organizations:people",
        "projects:portfolio",
        "projects:signals",
    ):
        for slug in ("empty", "bare"):
            yield of("off", route, slug)
    for route in ("projects:organization", "organizations:units", "organizations:organization_people",
                  "measures:measures", "measures:sheet", "measures:paste"):  # fmt: skip
        yield of("off", route, "bare", bare.ref)


def portfolios(stage: Stage) -> Looks:
    slug = stage.cast.collaborative.slug
    for reader in ("fac", "off", "fun"):
        for asked in ({"view": "core"}, {"view": "projects", "sort": "name"}, {"all": "1", "page": "2"}):
            yield of(reader, "projects:portfolio", slug, **asked)
        for kind in ({}, {"sort": "old"}, {"role": "none", "age": "older", "area": "cost"}):
            yield of(reader, "projects:signals", slug, **kind)
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
    yield from sign_offs(names, newest)
    for measure in Measure.objects.filter(organization=stage.cast.own).kept():
        yield of("led", "measures:sheet_row", *names, measure=measure.ref, period=str(newest))


def sign_offs(names: tuple[str, str], newest: date) -> Looks:
    """A sheet asked about, signed off with numbers missing, twice, while it runs; then a number changed."""
    given = {"period": str(periods.following(newest, periods.MONTH, -7)), "frequency": "month"}
    yield of("ent", "measures:sign_off", *names, **given)
    where = reverse("measures:sign_off", args=names)
    missing = Measure.objects.filter(organization__ref=names[1]).values_list("ref", flat=True)
    for _time in range(2):
        yield Look("ent", where, {**given, "without": " ".join(missing)})
    yield of("ent", "measures:sheet", *names, **given)
    yield Look("ent", where, {**given, "period": str(periods.following(newest, periods.MONTH, 1))})
    yield Look("ent", reverse("measures:sheet", args=names), {"complete": "1", **given})
    yield Look("ent", reverse("measures:withdraw_sign_off", args=names), {"sign_off": "none"})


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


BLOCKS = {
    "Better": (
        "12\t13\t14",
        "\tJan 2026\tFeb 2026\n{better}\t12\t13\nΤίποτα\t1\t2",
        "πολλά\t-4\t\n900\t1\t2\n3",
        "\tJan 2026\tJan 2026\tαργά\n{better}\t1\t2\t3",
        "{better}",
        "12\n13\n14\n15",
        "1\t" * 400,
        "=Α1\t2",
        "Μήνες\tΤιμή\n2026-01\t3\n2026-02\t4\nχωρίς\t5",
        "",
    ),
    "Share": ("14/9\t12/388", "12\t\n\t13"),
}
"""Pasted blocks: plain, with names and dates, with cells that cannot be read, ambiguous, too wide, empty; ratios."""


def pastes(stage: Stage) -> Looks:
    """Each block laid at the newest month and at a closed one, and saved there."""
    cast = stage.cast
    names = [cast.collaborative.slug, cast.own.ref]
    newest = periods.latest_complete(timezone.localdate(), periods.MONTH)
    for name, blocks in BLOCKS.items():
        ref = Measure.objects.get(organization=cast.own, name=greek(name)).ref
        for block in blocks:
            given = {"text": block.format(better=greek(name)), "measure": ref, "period": str(newest)}
            yield Look("ent", reverse("measures:paste", args=names), given)
            given["period"] = str(periods.following(newest, periods.MONTH, -4))
            yield Look("ent", reverse("measures:paste_save", args=names), given)


def searches(stage: Stage) -> Looks:
    """Something of each kind, nothing, too little."""
    for reader in ("led", "fac", "adm"):
        for asked in (greek("hospital"), greek("own"), greek("share"), "ωωωω", "ω", ""):
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


def admins(stage: Stage) -> Looks:
    """Django's admin: each list, searched and empty, and a row of each."""
    for model, shown in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield of("adm", f"{name}_changelist")
        if shown.search_fields:
            yield of("adm", f"{name}_changelist", q="ωωωω")
        if (row := model._default_manager.first()) is not None:
            yield of("adm", f"{name}_change", str(row.pk))
            yield of("adm", f"{name}_history", str(row.pk))
    for verb in trail.VERBS:
        if entry := AuditEntry.objects.filter(verb=verb).first():
            yield of("adm", "admin:p2_auditentry_change", str(entry.pk))


def coming_in(stage: Stage) -> Looks:
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
    packed = Unsent(person.pk, reverse("organizations:me"), "/", (("name", "Ω"),)).packed
    typist = {"Cookie": f"{COOKIE}={signing.dumps((person.pk, [], False), salt=SALT)}"}
    yield Look("vis", reverse("organizations:me"), {"name": "Ω"})
    yield Look("vis", reverse("organizations:me"), {"name": ""})
    for reader, heads in (("vis", typist), ("vis", {}), ("mem", {}), ("led", {})):
        yield Look(reader, reverse("account_login"), {"login": person.email, "unsent": packed}, heads)
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


def demo() -> Looks:
    """What a demo site alone shows: who one may sign in as, and all its mail."""
    yield of("vis", "account_login")
    yield of("vis", "mailbox")
    yield of("vis", "mailbox", page="2")


LOOKS: dict[str, Callable[[Stage], Looks]] = {
    looks.__name__: looks
    for looks in (
        charts,
        nothing,
        portfolios,
        sheets,
        entries,
        pastes,
        searches,
        letters,
        places,
        admins,
        coming_in,
        refused,
    )
}
