"""The core measures of the demo, with benchmarks, and their adoption."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from measures.demo.wanted import Wanted, count, mean, rate, share
from measures.models import Aim, Area, Measure
from measures.services import core_measures
from organizations.models import Collaborative, User

ACCESS = mean(
    "Third next available appointment", "Days to the third next free appointment, mean of clinics", "days",
    (19, 7, 0.09), Area.ACCESS, aim=Aim.TIMELY,
)  # fmt: skip
HARM = rate(
    "Adverse drug events per 1,000 doses", "Adverse drug events reported by staff",
    "1,000 doses dispensed to inpatients", (2.6, 1.3, 9300), Area.PATIENT_SAFETY, aim=Aim.SAFE, decimals=2,
)  # fmt: skip
DEATHS = share(
    "Hospital mortality", "Patients who died before discharge", "discharges",
    (2.4, 1.8, 1400), Area.CLINICAL_OUTCOME, decimals=1,
)  # fmt: skip
RECOMMEND = share(
    "Patients who would recommend us", "Answers of 9 or 10", "answers",
    (68, 85, 180), Area.EXPERIENCE, aim=Aim.PATIENT_CENTERED,
)  # fmt: skip
STAFF_HARM = count(
    "Injuries with lost days", "Injuries of staff that cost a day of work", (6, 2), Area.STAFF_SAFETY, aim=Aim.SAFE
)  # fmt: skip

MANDATORY = (ACCESS, HARM, DEATHS)
OPTIONAL = (RECOMMEND, STAFF_HARM)
BENCHMARKS = {
    ACCESS.name: (("Best quarter of participants", "6"), ("Median of clinics", "17")),
    HARM.name: (("Best quarter of participants", "1.4"),),
    DEATHS.name: (("Comparable hospitals", "2.2"),),
    RECOMMEND.name: (("Top tenth of hospitals", "84"),),
}
LEVELS = {
    "jonkoping": (8.0, 0.0), "healthpartners": (12.0, 3.0), "reinier": (13.0, 5.0), "cincinnati": (23.0, 8.0),
    "whatcom": (17.0, 7.0), "hackensack": (17.0, 7.0), "bradford": (19.0, 7.0), "cambridge": (19.0, 7.0),
    "devon": (20.0, 7.0), "lambeth": (25.0, 7.0), "prairie-lakes": (20.0, 11.0), "tri-rivers": (22.0, 12.0),
    "norfolk": (22.0, 12.0),
}  # fmt: skip
"""Days to the third next available appointment at the start, and where an improvement would lead."""


def make(collaborative: Collaborative, *, office: User, at: datetime) -> dict[tuple[int, str], Measure]:
    """Make the core measures and let the participants adopt them; by (organization, name)."""
    for wanted in (*MANDATORY, *OPTIONAL):
        core = core_measures.create(
            collaborative=collaborative,
            naming={**wanted.naming(""), "is_mandatory": wanted in MANDATORY},
            definition=wanted.definition(),
            by=office,
        )
        for label, value in BENCHMARKS.get(wanted.name, ()):
            core_measures.add_benchmark(
                core, label=label, value=Decimal(value), source="invented for the demo", by=office
            )
    core_measures.adopt_missing(at=at)
    adopted = Measure.objects.filter(core_measure__collaborative=collaborative)
    return {(measure.organization_id, measure.name): measure for measure in adopted}


def access_of(key: str) -> Wanted:
    """The access measure as it runs in one place."""
    level, goal = LEVELS[key]
    return replace(ACCESS, level=level, goal=goal)
