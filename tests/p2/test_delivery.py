"""Jobs come on after the broker hung."""

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from kombu import Connection, Queue
from kombu.transport.virtual import Channel
from redis.exceptions import TimeoutError as NoAnswerError

from p2.celery import app
from p2.run.embedded import Valkey
from p2.run.process import end, start

QUEUE = Queue("hung")


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[tuple[Valkey, subprocess.Popen[bytes]]]:
    server = Valkey(tmp_path / "valkey", durable=False)
    program = server.program()
    process = start(program, mark=tmp_path, output=subprocess.DEVNULL)
    until = monotonic() + 30
    while not server.answers() and monotonic() < until:
        sleep(0.02)
    yield server, process
    end([(program, process)], patience=5)


def channel_of_a_worker(connection: Connection) -> Channel:
    """It takes one delivery at a time, and two jobs wait."""
    channel: Channel = connection.channel()
    channel.basic_qos(0, 1, False)
    QUEUE(channel).declare()
    with connection.Producer(channel) as producer:
        for job in ("first", "second"):
            producer.publish({"job": job}, routing_key=QUEUE.name)
    return channel


@pytest.mark.parametrize("said", ["ack", "reject", "requeue"])
def test_a_worker_takes_the_next_job_after_the_broker_hung_while_it_was_told_of_the_last(
    valkey: tuple[Valkey, subprocess.Popen[bytes]], said: str
) -> None:
    server, process = valkey
    with app.connection_for_read(server.url, transport_options={"socket_timeout": 0.3}) as connection:
        channel = channel_of_a_worker(connection)
        message = channel.basic_get(QUEUE.name)
        assert not channel.qos.can_consume()
        process.send_signal(signal.SIGSTOP)
        try:
            with pytest.raises(NoAnswerError):
                getattr(message, said)()
        finally:
            process.send_signal(signal.SIGCONT)

        assert channel.qos.can_consume()
        assert channel.basic_get(QUEUE.name).payload == {"job": "second"}
