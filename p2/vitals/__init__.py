"""Whether what P2 stands on answers, asked with a time-out that holds also where a server was stopped in its tracks.

Known to the site and to `make run`; nothing here needs Django.
"""

from dataclasses import dataclass

from p2.vitals import broker, database

PULSE_LASTS = 30.0
"""Seconds. A worker that left no pulse for so long does no work."""


@dataclass(frozen=True)
class Vitals:
    """What answered. `pulse` is the age in seconds of the worker's last sign of life; None where there is none."""

    database: bool
    broker: bool
    beat: bool
    pulse: float | None

    @property
    def worker(self) -> bool:
        return self.pulse is not None and self.pulse <= PULSE_LASTS

    @property
    def ground(self) -> bool:
        """Whether all answers that a worker needs to work."""
        return self.database and self.broker and self.beat


def read(database_address: database.Address, broker_url: str, *, within: float = 1.0) -> Vitals:
    """Ask the database and the broker, each for `within` seconds at most."""
    has_database, pulse = database.pulse(database_address, within=within)
    has_broker, has_beat = broker.signs(broker_url, within=within)
    return Vitals(has_database, has_broker, has_beat, pulse)
