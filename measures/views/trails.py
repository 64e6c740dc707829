"""The lines above the titles of this app's pages."""

from measures.models import Measure
from organizations.views.trails import Trail


def measure_trail(measure: Measure, here: str) -> Trail:
    organization = measure.organization
    way = [(organization.label, organization.get_absolute_url()), (str(measure), measure.get_absolute_url())]
    return [*way, (here, "")]
