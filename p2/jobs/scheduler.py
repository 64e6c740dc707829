"""Beat, which marks in the broker that it works. Settings name it (`CELERY_BEAT_SCHEDULER`)."""

from typing import Any

from celery.beat import PersistentScheduler

from p2.jobs.broker import PATIENCE_OF_JOBS, client
from p2.vitals.broker import BEAT, BEAT_LASTS


class MarkingScheduler(PersistentScheduler):
    def apply_async(self, entry: Any, producer: Any = None, advance: bool = True, **options: Any) -> Any:
        sent = super().apply_async(entry, producer=producer, advance=advance, **options)
        client(PATIENCE_OF_JOBS).set(BEAT, 1, ex=BEAT_LASTS)
        return sent
