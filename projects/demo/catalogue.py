"""The projects that the demo's participants choose from: three for each care process."""

from measures.demo.core import ACCESS, DEATHS, HARM, RECOMMEND, STAFF_HARM
from measures.demo.wanted import count, mean, rate, share
from measures.models import Aim, Area
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

WORK, SAFE, FELT, COSTS, PEOPLE = (
    Area.PROCESS, Area.PATIENT_SAFETY, Area.EXPERIENCE, Area.COST, Area.STAFF_SAFETY,
)  # fmt: skip
TIMELY = {"aim": Aim.TIMELY}
HARMLESS = {"aim": Aim.SAFE}
CENTERED = {"aim": Aim.PATIENT_CENTERED}
THRIFTY = {"aim": Aim.EFFICIENT}

OVERTIME = count("Clinic overtime", "Hours worked after closing time", (42, 30), Area.COST, **THRIFTY)
READMITTED = share(
    "Readmission within 30 days",
    "Unplanned readmissions",
    "discharges",
    (9.5, 7, 620),
    Area.CLINICAL_OUTCOME,
    decimals=1,
)
COMPLAINTS = count("Complaints", "Written complaints", (14, 9), Area.EXPERIENCE, **CENTERED)
VISITS = mean(
    "Visits per patient a year",
    "Mean of the registered patients",
    "visits",
    (4.2, 3.9, 0.05),
    COSTS,
    decimals=1,
    **THRIFTY,
)
LABORATORY = mean(
    "Laboratory cost per admission", "Laboratory cost", "US$", (410, 370, 0.06), COSTS, **THRIFTY
)

CATALOGUE: dict[str, tuple[Charter, ...]] = {
    ACCESS_AND_FLOW: (
        Charter(ACCESS_AND_FLOW, "Seen the day you call", "days to the third next appointment", ACCESS, (
            share("Backlog worked off", "Clinics without a backlog", "clinics", (30, 90, 24), Area.ACCESS,
                **TIMELY),
            share("Own doctor seen", "Visits with the patient's own doctor", "visits", (61, 80, 900),
                Area.ACCESS),
            share("Same-day slots free at 8", "Slots still free at eight", "slots", (22, 60, 400),
                Area.ACCESS, **TIMELY),
        ), (OVERTIME,)),
        Charter(ACCESS_AND_FLOW, "No waiting for the clinic", "days to the third next appointment", ACCESS, (
            share("Missed appointments", "Appointments missed", "appointments", (14, 6, 1600), Area.ACCESS,
                **THRIFTY),
            share("Phone visits", "Follow-ups by phone", "follow-ups", (8, 30, 500), Area.ACCESS, **TIMELY),
            mean("Minutes from door to doctor", "Mean of a sampled day", "minutes", (31, 15, 0.1),
                Area.ACCESS, **TIMELY),
        ), (OVERTIME,)),
        Charter(ACCESS_AND_FLOW, "An appointment within the week", "days to the third next appointment",
            ACCESS, (
            share("Referrals sent back", "Referrals that lacked something", "referrals", (18, 5, 320),
                Area.ACCESS, **TIMELY),
            mean("Wait for an outpatient scan", "Days from order to scan", "days", (24, 10, 0.1), Area.ACCESS,
                **TIMELY),
        ), (VISITS,)),
    ),
    CHRONIC: (
        Charter(CHRONIC, "Diabetes in good hands", "% of patients with HbA1c under 8", share(
            "Diabetes: HbA1c under 8", "Patients whose last HbA1c is under 8%", "patients with diabetes", (54,
                75, 420), Area.CLINICAL_OUTCOME), (
            share("Diabetes: eyes checked", "Patients with an eye check in the year",
                "patients with diabetes", (58, 85, 420), WORK),
            share("Diabetes: own goal written down", "Patients with a goal of their own",
                "patients with diabetes", (25, 70, 420), WORK, also="patients on Medicaid", **CENTERED),
        ), (VISITS,)),
        Charter(CHRONIC, "Heart failure at home", "% of patients readmitted", share(
            "Heart failure: back within 30 days", "Readmissions for any cause",
                "discharges with heart failure", (23, 14, 240), Area.CLINICAL_OUTCOME), (
            share("Heart failure: weight known each day", "Patients who report their weight",
                "patients in the program", (35, 85, 130), WORK),
            share("Heart failure: call within 48 hours", "Patients called in time",
                "discharges with heart failure", (40, 95, 95), WORK, **TIMELY),
            share("Heart failure: right medicines", "Patients on all indicated medicines",
                "patients in the program", (62, 90, 130), WORK),
        )),
        Charter(CHRONIC, "Asthma without nights awake", "% of patients well controlled", share(
            "Asthma: well controlled", "Patients with a control score of 20 or more", "patients with asthma",
                (48, 70, 260), Area.CLINICAL_OUTCOME), (
            share("Asthma: action plan", "Patients with a written plan", "patients with asthma", (37, 90,
                260), WORK, also="children under 12"),
            share("Asthma: inhaler shown and checked", "Patients whose technique was checked",
                "patients with asthma", (44, 90, 260), WORK),
        ), (VISITS,)),
    ),
    ACUTE: (
        Charter(ACUTE, "Heart attack: everything, every time", "% of patients who get all care", share(
            "Heart attack: all care given", "Patients who got every indicated element",
                "patients with a heart attack", (71, 95, 64), WORK), (
            mean("Heart attack: door to balloon", "Median minutes from arrival", "minutes", (112, 80, 0.09),
                Area.ACCESS, **TIMELY),
            share("Heart attack: aspirin at the door", "Patients given aspirin on arrival",
                "patients with a heart attack", (90, 99, 64), WORK),
        ), (DEATHS, READMITTED)),
        Charter(ACUTE, "Pneumonia treated in time", "% of patients treated within four hours", share(
            "Pneumonia: antibiotic within 4 hours", "Patients treated in time", "patients with pneumonia",
                (64, 92, 88), WORK, **TIMELY), (
            share("Pneumonia: culture before antibiotic", "Patients with a culture taken first",
                "patients with pneumonia", (76, 95, 88), WORK),
            share("Pneumonia: vaccinated before leaving", "Patients vaccinated", "patients with pneumonia",
                (31, 80, 88), WORK),
        ), (DEATHS, READMITTED)),
        Charter(ACUTE, "Stroke: every minute", "% of patients on a stroke unit within four hours", share(
            "Stroke: on the unit within 4 hours", "Patients on the stroke unit in time",
                "patients with stroke", (57, 90, 58), WORK, **TIMELY), (
            share("Stroke: swallowing checked", "Patients checked before food or drink",
                "patients with stroke", (68, 95, 58), WORK, **HARMLESS),
            mean("Stroke: door to scan", "Median minutes from arrival", "minutes", (74, 25, 0.12),
                Area.ACCESS, **TIMELY),
        ), (DEATHS, READMITTED)),
    ),
    MEDICINES: (
        Charter(MEDICINES, "Medicines that do no harm", "adverse drug events per 1,000 doses", HARM, (
            share("Medicine lists compared at admission", "Patients whose lists were compared", "admissions",
                (38, 95, 310), SAFE, **HARMLESS),
            share("Orders that need no call", "Orders right the first time", "orders sampled", (78, 95, 240),
                SAFE, **HARMLESS),
            share("High-risk doses double checked", "Doses checked by two", "doses sampled", (66, 98, 150),
                SAFE, **HARMLESS),
        ), (mean("Minutes to the first dose", "Mean of sampled orders", "minutes", (52, 45, 0.1), Area.ACCESS,
            **TIMELY),)),
        Charter(MEDICINES, "No fall with injury", "falls with injury per 1,000 patient days", rate(
            "Falls with injury", "Falls that caused an injury", "1,000 patient days", (1.9, 0.8, 9600), SAFE,
                **HARMLESS), (
            share("Falls: risk known on day one", "Patients assessed within 24 hours", "admissions", (63, 95,
                310), SAFE, **HARMLESS),
            share("Falls: hourly rounds done", "Rounds done as planned", "rounds planned", (55, 90, 600),
                SAFE, **HARMLESS),
        ), (count("Use of restraints", "Patients restrained", (9, 4), SAFE, **CENTERED),)),
        Charter(MEDICINES, "No infection from a line", "infections per 1,000 line days", rate(
            "Central line infections", "Confirmed infections", "1,000 line days", (4.6, 1.0, 1450), SAFE,
                **HARMLESS), (
            share("Line bundle complete", "Lines with all five elements", "lines placed", (59, 95, 72), SAFE,
                **HARMLESS),
            share("Hands cleaned", "Moments with clean hands", "moments observed", (52, 90, 340), SAFE,
                **HARMLESS),
        )),
    ),
    EXPERIENCE: (
        Charter(EXPERIENCE, "Nothing about me without me", "% who would recommend us", RECOMMEND, (
            share("Bedside handover", "Handovers at the bedside", "handovers sampled", (24, 90, 160), FELT,
                **CENTERED),
            share("Plan explained each day", "Patients who could say today's plan", "patients asked", (46, 85,
                110), FELT, **CENTERED),
        ), (COMPLAINTS,)),
        Charter(EXPERIENCE, "Pain is asked and answered", "% of patients whose pain was controlled", share(
            "Pain well controlled", "Answers of always", "answers", (57, 80, 170), FELT, **CENTERED), (
            share("Pain asked at each round", "Rounds with pain written down", "rounds sampled", (66, 95,
                220), FELT, **CENTERED),
            mean("Minutes until pain relief", "Mean of sampled requests", "minutes", (38, 20, 0.11),
                Area.ACCESS, **TIMELY),
        ), (COMPLAINTS,)),
        Charter(EXPERIENCE, "Care in my own language", "% of visits with an interpreter", share(
            "Interpreter when needed", "Visits with an interpreter", "visits that need one", (49, 95, 190),
                Area.EQUITY, aim=Aim.EQUITABLE), (
            share("Language asked at the desk", "Patients with a language written down", "registrations", (58,
                98, 700), Area.EQUITY, aim=Aim.EQUITABLE),
            share("Letters in the reader's language", "Letters translated", "letters sampled", (12, 80, 90),
                Area.EQUITY, aim=Aim.EQUITABLE),
        ), (COMPLAINTS,)),
    ),
    STAFF: (
        Charter(STAFF, "Everybody goes home unhurt", "injuries a month", STAFF_HARM, (
            share("Lifts with a device", "Lifts done with a device", "lifts sampled", (41, 90, 140), PEOPLE,
                **HARMLESS),
            count("Near misses reported", "Reports of staff", (18, 60), PEOPLE, **HARMLESS),
        )),
        Charter(STAFF, "People who stay", "% of positions vacant", share(
            "Nursing positions vacant", "Vacant positions", "positions", (11.5, 6, 640), PEOPLE, decimals=1,
                aim=Aim.EFFICIENT), (
            share("New staff with a mentor", "New staff who have a mentor", "new staff", (45, 100, 22), PEOPLE),
            share("Ideas answered within a week", "Ideas answered in time", "ideas of staff", (28, 90, 34),
                PEOPLE, **TIMELY),
        ), (mean("Overtime per nurse", "Hours a month", "hours", (9.5, 6, 0.1), COSTS, decimals=1,
            **THRIFTY),)),
        Charter(STAFF, "Safe to speak up", "% of staff who would speak up", share(
            "Staff who would speak up", "Answers of agree", "answers of staff", (56, 80, 95), PEOPLE,
                **HARMLESS), (
            count("Leaders' walk-rounds", "Walk-rounds held", (3, 12), PEOPLE, **HARMLESS),
            share("Briefing before the operation", "Operations with a briefing", "operations", (33, 98, 260),
                SAFE, **HARMLESS),
        )),
    ),
    COST: (
        Charter(COST, "Right test, right time", "US$ per admission", mean(
            "Cost per admission", "Mean direct cost", "US$", (6240, 5600, 0.05), COSTS, **THRIFTY), (
            LABORATORY,
            share("Generic medicines", "Prescriptions of a generic", "prescriptions", (58, 75, 2100), COSTS,
                **THRIFTY),
        ), (READMITTED,)),
        Charter(COST, "Home when ready", "days in hospital", mean(
            "Length of stay", "Mean days in hospital", "days", (5.6, 4.6, 0.05), COSTS, decimals=1,
                **THRIFTY), (
            share("Leaving day known on day one", "Patients with a planned day", "admissions", (29, 85, 310),
                COSTS, **THRIFTY),
            share("Home before noon", "Patients who left before noon", "discharges", (17, 40, 620), COSTS,
                **TIMELY),
        ), (READMITTED,)),
        Charter(COST, "Nothing thrown away", "US$ per admission", mean(
            "Supply cost per admission", "Mean cost of supplies", "US$", (890, 760, 0.06), COSTS, **THRIFTY), (
            LABORATORY,
            share("Blood used as advised", "Units given within the guideline", "units of blood", (71, 95,
                210), COSTS, **THRIFTY),
        )),
    ),
}  # fmt: skip
