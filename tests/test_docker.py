"""The container files, as far as they can be judged without a container engine."""

import json
import re
import subprocess
import sys
from pathlib import Path

import yaml

from p2.run import embedded, programs, pulse, worker

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def check_compose(path: Path) -> subprocess.CompletedProcess[str]:
    """Judge a file by the Compose Specification's own schema, as the package check-jsonschema carries it."""
    command = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(path))
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_compose_file_obeys_the_compose_schema() -> None:
    judged = check_compose(ROOT / "docker-compose.yml")

    assert (judged.returncode, judged.stderr) == (0, "")


def test_the_compose_schema_refuses_a_misspelt_key(tmp_path: Path) -> None:
    (tmp_path / "compose.yml").write_text("services: {web: {imagee: p2}}", encoding="utf-8")

    assert check_compose(tmp_path / "compose.yml").returncode == 1


def test_every_long_running_service_has_a_health_check_and_comes_back() -> None:
    services = {name: service for name, service in COMPOSE["services"].items() if name != "prepare"}

    unwatched = [
        name
        for name, service in services.items()
        if "test" not in service.get("healthcheck", {})
        and not (name == "web" and "\nHEALTHCHECK " in DOCKERFILE)
    ]

    assert sorted(services) == ["beat", "postgres", "redis", "web", "worker"]
    assert unwatched == []
    assert {service["restart"] for service in services.values()} == {"unless-stopped"}


def test_worker_and_beat_are_judged_by_the_work_they_do_and_a_worker_without_a_pulse_ends() -> None:
    services = COMPOSE["services"]
    checks = {name: services[name]["healthcheck"]["test"] for name in ("worker", "beat")}

    assert services["worker"]["command"] == ["python", "-m", worker.__name__]
    assert checks == {
        "worker": ["CMD", "python", "-m", pulse.__name__],
        "beat": ["CMD", "python", "-m", pulse.__name__, "beat"],
    }


def test_its_database_plans_as_that_of_make_run() -> None:
    assert COMPOSE["services"]["postgres"]["command"] == ["postgres", *embedded.PLANNING]


def test_its_queue_is_kept_in_memory_as_that_of_make_run() -> None:
    settings = [word for pair in embedded.IN_MEMORY.items() for word in (f"--{pair[0]}", pair[1].strip('"'))]

    assert COMPOSE["services"]["redis"]["command"] == ["redis-server", *settings]


def test_the_image_holds_as_many_open_pages_as_make_run() -> None:
    web = programs.web(8000).argv

    assert int(web[web.index("--backpressure") + 1]) == programs.CONNECTIONS
    assert f" GRANIAN_BACKPRESSURE={programs.CONNECTIONS} " in DOCKERFILE
    assert web[web.index("--runtime-mode") + 1] == programs.RUNTIME
    assert f" GRANIAN_RUNTIME_MODE={programs.RUNTIME} " in DOCKERFILE
    assert programs.CONNECTIONS > 1000


def test_the_image_serves_as_make_run_does() -> None:
    web = programs.web(8000).argv
    named = {"GRANIAN_INTERFACE": "--interface", "GRANIAN_HTTP": "--http", "GRANIAN_WORKERS": "--workers"}

    assert {name: re.findall(rf" {name}=(\S+)", DOCKERFILE) for name in named} == {
        name: [web[web.index(option) + 1]] for name, option in named.items()
    }
    assert web[-1] == programs.APPLICATION


def test_what_must_outlive_a_container_lies_in_a_named_volume() -> None:
    mounted = {
        volume.split(":")[0]
        for service in COMPOSE["services"].values()
        for volume in service.get("volumes", ())
    }

    assert mounted == set(COMPOSE["volumes"]) == {"files", "postgres"}


def test_only_the_site_has_a_port_and_only_on_loopback() -> None:
    ports = {name: service["ports"] for name, service in COMPOSE["services"].items() if "ports" in service}

    assert ports == {"web": ["127.0.0.1:${PORT:-8000}:8000"]}


def test_the_compose_file_holds_no_secret_of_its_own() -> None:
    secrets = {
        name: value
        for service in COMPOSE["services"].values()
        for name, value in service.get("environment", {}).items()
        if re.search(r"KEY|PASSWORD", name)
    }

    assert sorted(secrets) == ["EMAIL_HOST_PASSWORD", "POSTGRES_PASSWORD", "SECRET_KEY"]
    assert [
        name for name, value in secrets.items() if not re.fullmatch(r"\$\{\w+(:\?[^}]+|:-)\}", value)
    ] == []


def test_the_image_runs_as_nobody_special() -> None:
    last_stage = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    users = re.findall(r"^USER (\S+)", last_stage, flags=re.MULTILINE)

    assert users == ["p2"]
    assert last_stage.index("\nUSER ") < last_stage.index("\nCMD ")


def test_the_image_holds_no_secret_and_copies_only_what_the_builder_may_see() -> None:
    allowed = set(re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    copied = set(re.findall(r"^COPY (?!--from)(\S+)", DOCKERFILE, re.MULTILINE))

    assert copied == allowed
    assert re.findall(r"^(?:ENV|ARG|\s+)\s*\w*(?:KEY|PASSWORD|TOKEN)\w*=", DOCKERFILE, re.MULTILINE) == []


def test_the_image_starts_the_site_and_asks_it_how_it_is() -> None:
    commands = [json.loads(found) for found in re.findall(r"CMD (\[.*\])", DOCKERFILE)]

    assert commands == [["python", "p2/run/probe.py"], ["python", "-m", "p2.run.web"]]
