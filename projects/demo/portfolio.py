"""Which participant runs which projects, and what comes of each: the demo's map of signals."""

from dataclasses import replace

import numpy as np

from measures.demo.core import ACCESS, access_of
from measures.demo.wanted import Story, Wanted
from projects.demo import cincinnati
from projects.demo.catalogue import CATALOGUE
from projects.demo.charters import ACUTE, MEDICINES, OUTCOME, PROCESSES, Charter

STORIES = {
    "tri-rivers": "-c-cccy", "prairie-lakes": "-cc-cyc", "norfolk": "-ccc-cy", "bradford": "c-ccccc",
    "lambeth": "ccc-ccc", "cambridge": "c+c-ccy", "hackensack": "cc++-cc", "devon": "c+ccccc",
    "whatcom": "c+cc+cc", "cincinnati": "++c+cyc", "healthpartners": "++cccc+", "reinier": "+c+ccc+",
    "jonkoping": "+++c+cc",
}  # fmt: skip
"""One letter a care process, in the order of PROCESSES: what the outcome measure shows."""

CHOSEN = {("prairie-lakes", MEDICINES): 1}
SMALL = (ACUTE, MEDICINES)
LEVEL_SPREAD = 0.06


def plan(
    key: str, number: int, *, is_small: bool, random: np.random.Generator
) -> list[tuple[Charter, Story]]:
    """The charters of a participant, each with the story of its outcome."""
    told = dict(zip(PROCESSES, STORIES[key], strict=True))
    if key == "cincinnati":
        charters = list(cincinnati.CHARTERS)
    else:
        charters = [_here(key, _chosen(key, number, process), random) for process in PROCESSES]
    return [
        (charter, Story(told[charter.care_process]))
        for charter in charters
        if not is_small or charter.care_process in SMALL
    ]


def story_of(role: str, wanted: Wanted, outcome: Story, random: np.random.Generator) -> Story:
    """Processes move before their outcome does; balancing measures stay where they are."""
    if wanted.story:
        return wanted.story
    if role == OUTCOME:
        return outcome
    luck = random.random()
    moved = {Story.BETTER: 0.45, Story.WORSE: 0.25}.get(outcome, 0.08)
    if role == "process" and luck < moved:
        return Story.WORSE if outcome == Story.WORSE else Story.BETTER
    return Story.YOUNG if luck > 0.97 else Story.COMMON


def _chosen(key: str, number: int, process: str) -> Charter:
    choices = CATALOGUE[process]
    return choices[CHOSEN.get((key, process), number % len(choices))]


def _here(key: str, charter: Charter, random: np.random.Generator) -> Charter:
    """The charter at the level where this participant starts."""
    if charter.outcome == ACCESS:
        return charter.with_outcome(access_of(key))
    moved = charter.outcome.level * float(random.normal(1, LEVEL_SPREAD))
    room = (charter.outcome.level + charter.outcome.goal) / 2
    level = min(moved, room) if charter.outcome.goal > charter.outcome.level else max(moved, room)
    return charter.with_outcome(replace(charter.outcome, level=round(level, charter.outcome.decimals)))
