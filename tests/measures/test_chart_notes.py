"""The notes on a chart are the same whether they are read for it alone or come with what its page has read."""

from datetime import date

import pytest

from measures.models import Definition, Measure
from measures.pages.measure.chart import reading
from measures.pages.measure.marks import every_mark
from measures.pages.measure.notes import WrittenOnChart
from measures.pages.measure.page import versions
from measures.selectors.charts import with_charts
from measures.services import charts, markups, measures
from tests.actors import Cast
from tests.measures.series import FIRST, log, make_measure


@pytest.mark.django_db
def test_a_page_s_notes_are_those_of_the_chart_alone(cast: Cast) -> None:
    made = make_measure(cast.own)
    log(made, [10, 11, 12] * 4)
    last = date(FIRST.year, FIRST.month + 11, 1)
    markups.annotate(made, FIRST, kind="event", text="Began", by=cast.lead)
    taken_back = markups.annotate(made, last, kind="note", text="Taken back", by=cast.lead)
    markups.withdraw(taken_back, by=cast.lead)
    markups.rebase(made, last, why="Moved", by=cast.lead)
    for goal, why in ((3, "Within"), (4, "After")):
        measures.define(made, definition={"goal": goal}, effective_from=last, why=why, by=cast.lead)
    Definition.objects.filter(why="After").update(effective_from=date(last.year + 1, 2, 1))
    charts.refresh_stale()
    measure = with_charts(Measure.objects.all()).get()

    alone = reading(measure, private=False).notes
    given = reading(
        measure, private=False, written=WrittenOnChart(every_mark(measure), versions(measure))
    ).notes

    assert given == alone
    assert [(note.kind, note.text) for note in alone] == [
        ("event", "Began"),
        ("definition", "definition changed to version 2: Within"),
    ]
