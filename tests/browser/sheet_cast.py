"""An organization with a sheet to log on, made in the running site's own database."""

from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Measure, NoData, today_in
from measures.sentences.periods import label
from measures.services import measures, months
from measures.services.entry import observations
from measures.services.entry.observations import Cell
from organizations.demo.sign_ins import PASSWORD
from organizations.models import Organization, User
from tests.actors import join, make_collaborative, make_organization, make_person, make_phase
from tests.measures.series import NAMING, SHARE, WAIT, log

FRIDAY = 4
NAMES = ("Adverse drug events", "Days between codes", "Third next appointment", "Written care plan")


def load() -> dict[str, str]:
    """Four measures with eleven months each, the third a ratio; two people who log, signed in."""
    today = timezone.localdate()
    collaborative = make_collaborative(f"sheet{timezone.now():%H%M%S%f}")
    phase = make_phase(collaborative, 1, today - timedelta(days=900), today + timedelta(days=900))
    organization = make_organization(collaborative, "Sheet Hospital", phases=(phase,))
    collaborative.closing_day = 28
    collaborative.save()
    months.open_months()
    newest = periods.latest_complete(today_in("UTC", timezone.now()), "month")
    first = periods.following(newest, "month", -11)
    for at, name in enumerate(NAMES):
        words = {**SHARE, "goal": Decimal(95)} if at == 2 else WAIT
        measure = measures.create(
            organization, naming={**NAMING, "name": name}, definition=words, effective_from=first, by=None
        )
        log(measure, [(80 + n % 5, 100) if at == 2 else 5 + n for n in range(11)], first=first)
    return {
        "path": f"/c/{collaborative.slug}/o/{organization.ref}/sheet/",
        "amara": signed_in(make_nurse(organization, "Amara Okafor")),
        "rosa": signed_in(make_nurse(organization, "Rosa Lindqvist")),
        "month": f"{newest:%B %Y}",
    }


def load_some() -> list[dict[str, str]]:
    """One for each test, with some to spare, in one go: a process beside the site takes seconds to start."""
    return [load() for _ in range(15)]


def load_events() -> dict[str, str]:
    """The same with a measure that is logged by event dates, and a year of them, the last month open."""
    place = load()
    organization = Organization.objects.get(ref=place["path"].split("/")[-3])
    newest = periods.latest_complete(today_in("UTC", timezone.now()), "month")
    words = {**WAIT, "numerator_words": "Falls", "shape": "time_between", "decimals": 0, "direction": "up"}
    falls = measures.create(
        organization,
        naming={**NAMING, "name": "Falls"},
        definition=words,
        effective_from=periods.following(newest, "month", -11),
        by=None,
    )
    for step in range(1, 12):
        month = periods.following(newest, "month", -step)
        days = tuple(month.replace(day=day) for day in ((4, 18), (9,), (2, 2, 25))[step % 3])
        entry = Entry(no_data=NoData.EVENTS)
        observations.record_many([Cell(falls.pk, month, entry, days=days)], by=None)
    return {**place, "chart": falls.get_absolute_url(), "short": f"{newest:%b}", "year": str(newest.year)}


def load_weeks() -> dict[str, str]:
    """The same with two weekly measures: a year of weeks, without the one that the newest month asks for."""
    place = load()
    month = periods.latest_complete(today_in("UTC", timezone.now()), "month")
    asked = periods.start_of(periods.last_day(month, "month"), "week")
    for name in ("Falls", "Wait for a bed"):
        _logged_before(place, name, "week", asked, 52)
    return {
        **place,
        "week": label(asked, "week", long=True),
        "before": label(periods.following(asked, "week", -1), "week", long=True),
    }


def load_days() -> dict[str, str]:
    """The same with two daily measures: a year of days without weekends, the newest two weeks open."""
    place = load()
    newest = periods.latest_complete(today_in("UTC", timezone.now()), "day")
    falls, _wait = (
        _logged_before(place, name, "day", periods.following(newest, "day", -14), 365)
        for name in ("Falls", "Wait for a bed")
    )
    return {
        **place,
        "chart": falls.get_absolute_url(),
        "day": label(newest, "day", long=True),
        "far": f"{periods.following(newest, 'day', -100)}",
        "far_day": label(periods.following(newest, "day", -100), "day", long=True),
    }


def _logged_before(place: dict[str, str], name: str, frequency: str, end: date, count: int) -> Measure:
    """A measure with so many periods before `end`; of days no weekends."""
    organization = Organization.objects.get(ref=place["path"].split("/")[-3])
    first = periods.following(end, frequency, -count)
    measure = measures.create(
        organization,
        naming={**NAMING, "name": name},
        definition={**WAIT, "frequency": frequency},
        effective_from=first,
        by=None,
    )
    known = [periods.following(first, frequency, step) for step in range(count)]
    log(
        measure,
        [
            None if frequency == "day" and day.weekday() > FRIDAY else 5 + (7 * at) % 11
            for at, day in enumerate(known)
        ],
        first=first,
    )
    return measure


def make_nurse(organization: Organization, name: str) -> User:
    """A person who logs; each load has its own address for her."""
    user = make_person(name, email=f"{name.split(maxsplit=1)[0].lower()}@{organization.ref}.example.org")
    join(user, organization, "data_entry")
    return user


def signed_in(user: User) -> str:
    """The key of a session in which the person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key or ""


def load_with_passwords() -> dict[str, str]:
    """The same, whose two people can sign in on the site's own page."""
    place = load()
    ref = place["path"].split("/")[-3]
    for name in ("amara", "rosa"):
        user = User.objects.get(email=f"{name}@{ref}.example.org")
        user.set_password(PASSWORD)
        user.save()
        place[f"{name}_address"] = user.email
        place[name] = signed_in(user)
    return place
