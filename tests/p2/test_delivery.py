"""Jobs come on after the broker hung, and while it cannot write."""

import resource
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
import redis
from kombu import Connection, Queue
from kombu.transport.virtual import Channel

from p2.celery import app
from p2.run.embedded import Valkey
from p2.run.process import end, start

QUEUE = Queue("hung")


@pytest.fixture
def valkey(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Valkey, subprocess.Popen[bytes]]]:
    monkeypatch.chdir(tmp_path)  # where it would write, were it told to
    server = Valkey()
    program = server.program()
    process = start(program, mark=tmp_path, output=subprocess.DEVNULL)
    wait_until(server.answers)
    yield server, process
    end([(program, process)], patience=5)


def wait_until(holds: Callable[[], bool]) -> None:
    until = monotonic() + 30
    while not holds():
        assert monotonic() < until
        sleep(0.02)


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
            with pytest.raises(redis.TimeoutError):
                getattr(message, said)()
        finally:
            process.send_signal(signal.SIGCONT)

        assert channel.qos.can_consume()
        assert channel.basic_get(QUEUE.name).payload == {"job": "second"}


def test_a_queue_that_cannot_be_written_to_a_disk_takes_jobs_all_the_same(
    valkey: tuple[Valkey, subprocess.Popen[bytes]],
) -> None:
    server, process = valkey
    asked = redis.Redis.from_url(server.url)
    assert asked.config_get("save") == {"save": ""}
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, 0))
    asked.rpush("queue", "first")

    asked.config_set("save", "1 1")
    asked.bgsave()
    wait_until(lambda: asked.info("persistence")["rdb_last_bgsave_status"] == "err")

    assert asked.rpush("queue", "second") == 2
    asked.close()
