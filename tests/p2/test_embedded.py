"""What a killed PostgreSQL leaves behind, and how the next one tells it from one that lives."""

from pathlib import Path

from django.db import connection

from p2.run.embedded import Postgres


def living() -> tuple[int, Path]:
    """The process of the PostgreSQL that the tests stand on, and its data folder."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), current_setting('data_directory')")
        backend, folder = cursor.fetchone()
    stat = Path(f"/proc/{backend}/stat").read_text(encoding="utf-8")
    return int(stat.rpartition(")")[2].split()[1]), Path(folder)


def test_a_number_that_is_now_another_postgresql_s_does_not_block_the_start(tmp_path: Path, db: None) -> None:
    pid, _ = living()
    mine = Postgres(tmp_path / "postgres")
    mine.home.mkdir()
    left = [mine.home / "postmaster.pid", mine.socket_folder / ".s.PGSQL.5432.lock"]
    for file in left:
        file.write_text(f"{pid}\n{mine.home}\n", encoding="utf-8")

    mine.program()

    assert [file.exists() for file in left] == [False, False]


def test_a_postgresql_that_lives_keeps_what_it_wrote(db: None) -> None:
    pid, folder = living()

    assert Postgres(folder)._is_served_by(pid)
    assert not Postgres(folder.parent)._is_served_by(pid)
