"""PostgreSQL refuses to run as root; so root runs it as `nobody`, who must be let through to its files."""

import os
import pwd
import stat
from pathlib import Path

from p2.run.process import CannotStartError

Account = tuple[int, int]


def of_postgres() -> Account | None:
    """The uid and gid PostgreSQL runs under; None means ours."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise CannotStartError(
            'PostgreSQL refuses to run as root and this machine has no user "nobody" to run it as. '
            "Start P2 as another user, or set DATABASE_URL."
        ) from None
    return entry.pw_uid, entry.pw_gid


def closed_folders(path: Path) -> list[Path]:
    """The folders above `path` that others may not pass through."""
    return [folder for folder in path.parents if folder.exists() and not folder.stat().st_mode & stat.S_IXOTH]


def let_pass(path: Path) -> None:
    """Let others pass through the folders above `path`: pass, not read."""
    for folder in closed_folders(path):
        folder.chmod(folder.stat().st_mode | stat.S_IXOTH)


def let_read(folder: Path) -> None:
    """Let others read and run what is in `folder`: programs installed under a strict umask."""
    let_pass(folder)
    for path in (folder, *folder.rglob("*")):
        mode = path.stat().st_mode
        wanted = stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        if mode & wanted != wanted:
            path.chmod(mode | wanted)


def own_folder(folder: Path, account: Account | None) -> None:
    """Make `folder` for one user alone, or find it so; another's folder of that name is refused."""
    folder.mkdir(mode=0o700, exist_ok=True)
    owner, ours = folder.lstat().st_uid, os.geteuid()
    if folder.is_symlink() or owner not in {ours, account[0] if account else ours}:
        raise CannotStartError(f"{folder} belongs to somebody else. Remove it or choose a shorter P2_VAR.")
    folder.chmod(0o700)
    if account:
        os.chown(folder, *account)
