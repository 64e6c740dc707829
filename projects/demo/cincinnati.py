"""The children's hospital of the demo: its projects, with the numbers that the design's pictures show."""

from dataclasses import replace
from decimal import Decimal

from measures.demo.core import HARM, access_of
from measures.demo.wanted import Story, Wanted, count, mean, rate, share
from measures.exchange.entries import Entry
from measures.models import Aim, Area, Shape
from projects.demo.charters import (
    ACCESS_AND_FLOW,
    ACUTE,
    CHRONIC,
    COST,
    EXPERIENCE,
    MEDICINES,
    STAFF,
    Charter,
)

SAFE, FELT, WORK, OUTCOMES = (
    Area.PATIENT_SAFETY, Area.EXPERIENCE, Area.PROCESS, Area.CLINICAL_OUTCOME,
)  # fmt: skip
HARMLESS = {"aim": Aim.SAFE}

DRUG_EVENTS = (
    (24, 9010), (22, 9240), (25, 9100), (21, 9330), (23, 9190), (26, 9080),
    (22, 9150), (24, 9290), (20, 9060), (25, 9210), (23, 9260), (22, 9120),
    (27, 9150), (21, 8890), (24, 9020), (21, 9250), (25, 9400), (20, 9170),
    (23, 9310), (26, 9250), (20, 9520), (24, 9370), (21, 9130), (23, 9270),
    (24, 9120), (19, 9220), (18, 9090), (18, 9415), (20, 9480), (16, 9190),
    (17, 9340), (16, 9460), (16, 9040), (15, 9310), (16, 9640), (14, 9310),
)  # fmt: skip
"""Adverse drug events and doses of the last 36 months; the last one is the open month."""

BEFORE_CHANGES = 24
"""Of them, those before the trigger tool: the baseline."""

FIRST_COUNT = (15, 9640)
WHY_CORRECTED = "one late chart review"
"""What was first logged for the month before the open one, and why it was corrected."""

EVENTS = replace(HARM, level=2.48, goal=1.30, volume=9300, story=Story.COMMON)
ACCESS = replace(
    access_of("cincinnati"), story=Story.BETTER, tail=(21, 19, 22, 18, 17, 15, 16, 13, 12, 12, 10)
)
INFECTIONS = rate(
    "Surgical site infections", "Infections within 30 days", "100 procedures", (2.4, 1.2, 412), SAFE,
    **HARMLESS, tail=(2.4, 2.9, 2.2, 2.6, 3.1, 2.3, 2.0, 2.7, 2.5, 1.9, 2.4), story=Story.COMMON,
)  # fmt: skip
CODES = mean(
    "Days between codes outside the ICU", "Mean days from one code to the next", "days", (16, 40, 0.4), SAFE,
    **HARMLESS, tail=(11, 19, 8, 24, 31, 17, 12, 28, 22, 35, 41), story=Story.COMMON,
)  # fmt: skip
BRONCHIOLITIS = share(
    "Bronchiolitis: care by evidence", "Admissions treated as the guideline says", "admissions", (87, 95, 88), WORK,
    tail=(84, 88, 86, 91, 89, 90, 87, 92, 94, 91, 93), story=Story.COMMON,
)  # fmt: skip
MEDICAID = replace(
    BRONCHIOLITIS.of("Medicaid families", 83.0), volume=41, story=Story.COMMON,
    tail=(79, 83, 80, 86, 88, 85, 82, 90, 89, 88, 90),
)  # fmt: skip
THRIVING = share(
    "Cystic fibrosis: BMI above the median", "Patients above the median of their age", "patients", (41, 55, 128),
    OUTCOMES, tail=(45, 42, 47, 43, 46, 48, 44, 49, 46, 50, 52), story=Story.BETTER,
)  # fmt: skip
READMITTED = share(
    "Unplanned readmission within 30 days", "Unplanned readmissions", "discharges", (6.8, 5, 1180), OUTCOMES,
    decimals=1, tail=(6.8, 7.1, 6.2, 6.9, 6.4, 7.3, 6.6, 6.1, 6.7, 6.5, 6.6), story=Story.COMMON,
)  # fmt: skip
RECOMMEND = share(
    "Parents who would surely recommend", "Answers of surely", "answers", (74, 85, 160), FELT, aim=Aim.PATIENT_CENTERED,
    tail=(71, 73, 70, 74, 72, 75, None, 74, 77, 76, 75), story=Story.COMMON,
)  # fmt: skip
INJURIES = rate(
    "Staff injuries with lost days", "Injuries that cost a day of work", "100,000 hours worked", (3.1, 1.5, 520_000),
    Area.STAFF_SAFETY, **HARMLESS, tail=(3.1, 2.8, 3.4, 2.9, 3.3, 2.7, 3.0, 3.2, 2.6, 2.9, 3.1), story=Story.COMMON,
)  # fmt: skip
CASE_COST = mean(
    "Cost per bronchiolitis case", "Mean direct cost", "US$", (3020, 2700, 0.04), Area.COST, aim=Aim.EFFICIENT,
    tail=(3240, 3180, 3310, 3090, 3120, 2980, 3050, 2940, 2890, 2910, 2870), story=Story.COMMON,
)  # fmt: skip
CARE_PLANS = share(
    "Families with a written care plan", "Families who hold a plan", "families", (20, 80, 240), Area.EQUITY,
    aim=Aim.EQUITABLE, tail=(22, 25, 27, 31, 30, 36, 41, 44, 49, 53, 57), story=Story.BETTER,
)  # fmt: skip

SHEET = (
    EVENTS, INFECTIONS, CODES, BRONCHIOLITIS, MEDICAID, THRIVING, READMITTED, ACCESS, RECOMMEND, INJURIES,
    CASE_COST, CARE_PLANS,
)  # fmt: skip
"""The twelve measures of the sheet's picture, in its order."""


def _of(above: int, below: int) -> Entry:
    return Entry(numerator=Decimal(above), denominator=Decimal(below))


OPEN_MONTH = {
    EVENTS.name: _of(14, 9310),
    INFECTIONS.name: _of(9, 412),
    BRONCHIOLITIS.name: _of(61, 88),  # outside its limits: the sheet asks
    MEDICAID.stratum: _of(34, 41),
    RECOMMEND.name: Entry(no_data="vendor_late"),
    CASE_COST.name: Entry(value=Decimal(2845)),
}
"""What is in of the open month; the other numbers are due."""

LATE = READMITTED.name
"""Its number of the month before is missing."""

CHARTERS = (
    Charter(ACCESS_AND_FLOW, "Seen when the family asks", "days to the third next appointment", ACCESS, (
        share("Follow-ups by phone", "Follow-ups done by phone", "follow-ups", (9, 30, 460), Area.ACCESS),
    ), (count("Clinic overtime", "Hours worked after closing time", (38, 30), Area.COST),)),
    Charter(CHRONIC, "Children with cystic fibrosis thrive", "% of patients with a BMI above the median", THRIVING, (
        CARE_PLANS,
    )),
    Charter(ACUTE, "Bronchiolitis by the evidence", "% of admissions treated as the guideline says", BRONCHIOLITIS, (
        MEDICAID,
        share("Bronchodilators given without need", "Admissions with a needless dose", "admissions", (34, 10, 88),
              WORK),
    ), (READMITTED,)),
    Charter(MEDICINES, "No child harmed by a medicine", "events per 1,000 doses", EVENTS, (
        share("Orders right the first time", "Orders that need no call", "orders sampled", (80, 95, 260), SAFE,
              **HARMLESS, story=Story.BETTER),
        share("Doses checked at the bed", "Doses scanned before giving", "doses sampled", (73, 95, 190), SAFE,
              **HARMLESS, story=Story.COMMON),
        share("Families with an up-to-date medicine list", "Families who hold one", "families asked", (63, 85, 110),
              SAFE, **HARMLESS, story=Story.WORSE),
    ), (mean("Minutes to the first dose", "Mean of sampled orders", "minutes", (49, 45, 0.1), Area.ACCESS,
             tail=(47, 45, 54, 57, 55, 56, 58, 55, 59, 57, 60)),)),
    Charter(EXPERIENCE, "Every family would come back", "% of parents who would surely recommend", RECOMMEND, (
        share("Plan of the day told", "Families who could say it", "families asked", (52, 90, 110), FELT,
              tail=(50, 48, 62, 65, 63, 68, 66, 71, 69, 73, 72)),
    )),
    Charter(STAFF, "A place to work for years", "% of staff who would recommend their unit", share(
        "Staff who would recommend their unit", "Answers of agree", "answers of staff", (61, 80, 90),
        Area.STAFF_SAFETY, story=Story.YOUNG), (INJURIES,)),
    Charter(COST, "The right care costs less", "US$ per bronchiolitis case", CASE_COST, (
        share("Chest films without need", "Admissions with a needless film", "admissions", (41, 15, 88), WORK),
    )),
)  # fmt: skip

BESIDE = (INFECTIONS, CODES)
"""Measured without a project."""

TEAM = (
    ("Tom Adeyemi", "Day-to-day leader", True),
    ("Asha Patel", "Pharmacist", False),
    ("Rosa Lindqvist", "Data analyst", False),
    ("Ben Carver", "Nurse", False),
    ("Ada Novak", "Parent advisor", False),
    ("Grace Whitfield", "Sponsor", False),
)
"""The team of `No child harmed by a medicine`."""

NOTES = (
    # months before the open one, words
    (14, "trigger tool replaces chart review"),
    (10, "smart pumps, all units"),
    (6, "order sets in four units"),
)
NEW_DEFINITION = {"numerator_words": "Adverse drug events found by trigger tool, any harm level"}
WHY_NEW = "Version 1 counted reported events only. Points before were re-counted from charts."

SAFETY = Wanted(
    "Days between serious safety events", "Events in which a departure from expected care did serious harm", "",
    Shape.TIME_BETWEEN, "days", 1, 0, 21, 60, 0, SAFE, aim=Aim.SAFE,
)  # fmt: skip
SAFETY_WORDS = {
    "inclusions": "Every patient, in all wards and clinics; harm found later counts on the day it was done",
    "data_source": "Incident reports, each read by two people of the safety office",
    "sampling": "None: every report",
}
SAFETY_GAPS = (
    19, 33, 8, 24, 41, 12, 0, 27, 17, 22, 38, 9, 30, 15, 21, 26, 11, 35, 18, 5, 29, 23, 14, 36, 20, 16, 28, 7,
    25, 19, 31, 58, 37, 66, 44, 52, 71, 39, 47, 63,
)  # fmt: skip
"""Days between them, oldest first: two on one day once, and rare since everybody was trained."""

SAFETY_TRAINED = 9
"""So many of the last gaps lie after the training."""

SAFETY_QUIET = 24
"""Days from the last of them to the month that is still open."""

SAFETY_NOTE = "error prevention training, everybody who works here"
