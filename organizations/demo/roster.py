"""Who takes part in the demo. Places follow the programme's record; starred names and all people are invented."""

from dataclasses import dataclass

HOSPITAL_UNITS = (
    "Medicine", "Surgery", "Intensive care", "Emergency department", "Maternity", "Pediatrics",
    "Outpatient clinics", "Cardiology", "Rehabilitation", "Pharmacy", "Home care",
)  # fmt: skip
CLINIC_UNITS = (
    "Central clinic", "North clinic", "South clinic", "Riverside clinic", "Lakeside clinic", "West clinic",
    "Specialty center", "Urgent care", "Pharmacy",
)  # fmt: skip
COMMUNITY_UNITS = (
    "Acute trust", "Primary care teams", "Community nursing", "Mental health team", "Ambulance service",
    "Intermediate care", "Social services", "Care homes",
)  # fmt: skip
CHILDREN_UNITS = (
    "A3 South", "A4 Hematology", "A5 Central", "A6 North", "A7 Neurology", "B2 Newborn intensive care",
    "B4 Pediatric intensive care", "B6 Cardiology", "Emergency department", "Operating rooms", "Complex airway",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Site:
    """One organization of the demo, as a line of the table below."""

    key: str
    name: str
    short_name: str
    kind: str
    size: int
    region: str
    country: str
    time_zone: str
    funding: str
    people: str  # lead, data entry, member, sponsor
    units: tuple[str, ...] = HOSPITAL_UNITS[:6]
    is_invented: bool = False


EAST, CENTRAL, PACIFIC, LONDON = "America/New_York", "America/Chicago", "America/Los_Angeles", "Europe/London"

PARTICIPANTS = (
    Site("cincinnati", "Cincinnati Children’s Hospital Medical Center", "Cincinnati Children’s", "hospital", 423,
          "Ohio", "US", EAST, "grant", "Tom Adeyemi, Amara Okafor, Asha Patel, Grace Whitfield", CHILDREN_UNITS),
    Site("cambridge", "Cambridge Health Alliance", "", "system", 330, "Massachusetts", "US", EAST, "grant",
          "Joan Ferreira, Luis Andrade, Nora Feld, David Amory", HOSPITAL_UNITS[:9]),
    Site("hackensack", "Hackensack University Medical Center", "Hackensack", "hospital", 650, "New Jersey", "US",
          EAST, "grant", "Peter Lindau, Maria Costa, Irene Kwan, Robert Gale", HOSPITAL_UNITS),
    Site("healthpartners", "HealthPartners Medical Group", "HealthPartners", "medical_group", 240_000, "Minnesota",
          "US", CENTRAL, "grant", "Karin Solberg, Mai Vang, Erik Dahl, Susan Brandt", CLINIC_UNITS),
    Site("whatcom", "Whatcom County", "", "community", 170_000, "Washington", "US", PACIFIC, "grant",
          "Mark Eastwick, Dana Whitehorse, Lena Storm, Paul Haggard", CLINIC_UNITS[:5]),
    Site("tri-rivers", "Tri-Rivers Health", "", "system", 540, "Missouri", "US", CENTRAL, "grant",
          "Wade Collier, Tina Brooks, Carl Newsome, Judith Ames", HOSPITAL_UNITS[:8], is_invented=True),
    Site("prairie-lakes", "Prairie Lakes System", "", "system", 210, "South Dakota", "US", CENTRAL, "grant",
          "Beth Olsen, Ray Two Elk, Kim Halvorson, Glen Moody", HOSPITAL_UNITS[:4], is_invented=True),
    Site("devon", "North and East Devon", "", "community", 480_000, "South West England", "GB", LONDON, "sponsored",
          "Fiona Tregear, Colin Bray, Hannah Yeo, Sir Alan Pym", COMMUNITY_UNITS[:6]),
    Site("norfolk", "Central Norfolk", "", "community", 500_000, "East of England", "GB", LONDON, "sponsored",
          "Martin Rudd, Sally Thaxter, Owen Mace, Celia Blyth", COMMUNITY_UNITS[:5]),
    Site("lambeth", "Lambeth and Southwark", "", "community", 520_000, "London", "GB", LONDON, "sponsored",
          "Yvonne Clarke, Kwame Boateng, Priya Nair, Hugh Lassiter", COMMUNITY_UNITS),
    Site("bradford", "Bradford", "", "community", 470_000, "Yorkshire", "GB", LONDON, "sponsored",
          "Nasreen Malik, Joe Hirst, Imran Aziz, Dorothy Firth", COMMUNITY_UNITS[:7]),
    Site("reinier", "Reinier de Graaf Group", "Reinier de Graaf", "hospital", 881, "South Holland", "NL",
          "Europe/Amsterdam", "self_funded", "Marijke van Loon, Bas Hoekstra, Els de Wit, Jan Verhagen",
          HOSPITAL_UNITS[:8]),
    Site("jonkoping", "Jönköping County Council", "Jönköping", "county", 330_000, "Jönköping County", "SE",
          "Europe/Stockholm", "self_funded", "Åsa Lindgren, Nils Ekström, Karin Åberg, Göran Sjöberg",
          (*HOSPITAL_UNITS[:6], "Höglandet hospital", "Värnamo hospital", "Ryhov hospital", "Primary care")),
)  # fmt: skip

PLANNED_ONLY = (
    Site("mercy", "Sisters of Mercy Valley", "", "system", 380, "New Mexico", "US", "America/Denver", "grant",
          "Rosalia Trujillo", is_invented=True),
    Site("harbor", "Harbor Point Medical", "", "hospital", 290, "Oregon", "US", PACIFIC, "grant", "Neil Kasper",
          is_invented=True),
    Site("colony", "Old Colony Hospitals", "", "system", 610, "Rhode Island", "US", EAST, "grant", "Anne Peabody",
          is_invented=True),
    Site("mesa", "Blue Mesa Clinic", "", "medical_group", 90_000, "Arizona", "US", "America/Phoenix", "grant",
          "Victor Salas", is_invented=True),
    Site("lakeshore", "Lakeshore Partners", "", "medical_group", 120_000, "Michigan", "US", "America/Detroit",
          "grant", "Debra Novotny", is_invented=True),
)  # fmt: skip

APPLICANTS = (
    Site("granite", "Granite State Care", "", "system", 260, "New Hampshire", "US", EAST, "grant", "Lucy Farnham",
          is_invented=True),
    Site("delta", "Delta Crossing Hospital", "", "hospital", 140, "Mississippi", "US", CENTRAL, "grant",
          "James Tolliver", is_invented=True),
    Site("summit", "Summit Family Medicine", "", "primary_care", 35_000, "Colorado", "US", "America/Denver",
          "grant", "Rita Espinoza", is_invented=True),
)  # fmt: skip

MORE_OF_CINCINNATI = (("Rosa Lindqvist", "data_entry"), ("Ben Carver", "member"), ("Ada Novak", "member"))

APPOINTED = (
    ("Ruth Bergman", "office"),
    ("Dr Helen Marsh", "faculty"),
    ("Dr Samuel Achebe", "faculty"),
    ("Dr Ellen Voss", "committee"),
    ("Prof. Daniel Reyes", "committee"),
    ("Dr Mina Castellan", "committee"),
    ("Marcus Hale", "funder"),
)

SMALL = ("cincinnati", "tri-rivers", "jonkoping")
"""The participants of the small demo."""

TRUSTS = {
    "R1H": ("Barts Health NHS Trust", "Barts Health"),
    "RAL": ("Royal Free London NHS Foundation Trust", "Royal Free London"),
    "RCB": ("York Teaching Hospital NHS Foundation Trust", "York Teaching Hospital"),
    "RF4": (
        "Barking, Havering and Redbridge University Hospitals NHS Trust",
        "Barking, Havering and Redbridge",
    ),
    "RJZ": ("King’s College Hospital NHS Foundation Trust", "King’s College Hospital"),
    "RQM": ("Chelsea and Westminster Hospital NHS Foundation Trust", "Chelsea and Westminster"),
    "RRK": ("University Hospitals Birmingham NHS Foundation Trust", "University Hospitals Birmingham"),
    "RWD": ("United Lincolnshire Hospitals NHS Trust", "United Lincolnshire Hospitals"),
    "RXC": ("East Sussex Healthcare NHS Trust", "East Sussex Healthcare"),
    "RYR": ("Western Sussex Hospitals NHS Foundation Trust", "Western Sussex Hospitals"),
}
"""The trusts of the published figures, by code: name and short name."""
