"""Under whose name the servers run: PostgreSQL refuses root, and nothing else needs it either."""

import os
import pwd
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from anhuan_infra.stack import problems


@dataclass(frozen=True)
class Account:
    """A user without rights, and whether our folders lie behind a door closed to it."""

    name: str
    uid: int
    gid: int
    reach: bool
    """True: it needs the one capability to walk through (a clone below /root, for example)."""

    @property
    def owner(self) -> tuple[int, int]:
        """As chown wants it."""
        return self.uid, self.gid


def choose(home: Path, env: Mapping[str, str]) -> Account | None:
    """Whom to become when started by root: ANHUAN_RUN_AS, else the owner of the folder, else nobody; None = stay."""
    if os.geteuid() != 0:
        _refuse_foreign(home)
        return None
    entry = _wanted(home, env)
    package = Path(__file__).resolve().parents[1]
    paths = [home, Path(sys.prefix).resolve(), Path(sys.executable).resolve(), package]
    reach = not all(_can_enter(path, entry) for path in paths)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, reach)


def _wanted(home: Path, env: Mapping[str, str]) -> pwd.struct_passwd:
    named = env.get("ANHUAN_RUN_AS", "").strip()
    if named:
        try:
            entry = pwd.getpwnam(named)
        except KeyError:
            raise problems.CannotRun(
                f"ANHUAN_RUN_AS: no user {named}", f"ANHUAN_RUN_AS：没有用户 {named}"
            ) from None
        if entry.pw_uid == 0:
            raise problems.CannotRun(
                "ANHUAN_RUN_AS: PostgreSQL refuses root", "ANHUAN_RUN_AS：PostgreSQL 拒绝 root"
            )
        return entry
    for folder in (home, home.parent):
        if folder.exists() and (owner := folder.stat().st_uid) != 0:
            try:
                return pwd.getpwuid(owner)
            except KeyError:
                continue
    return pwd.getpwnam("nobody")


def _can_enter(path: Path, entry: pwd.struct_passwd) -> bool:
    for folder in (path, *path.parents):
        if not folder.is_dir():
            continue
        status = folder.stat()
        if status.st_uid == entry.pw_uid:
            allowed = status.st_mode & 0o100
        elif status.st_gid == entry.pw_gid:
            allowed = status.st_mode & 0o010
        else:
            allowed = status.st_mode & 0o001
        if not allowed:
            return False
    return True


def _refuse_foreign(home: Path) -> None:
    if home.exists() and home.stat().st_uid != os.geteuid():
        try:
            owner = pwd.getpwuid(home.stat().st_uid).pw_name
        except KeyError:
            owner = str(home.stat().st_uid)
        raise problems.CannotRun(
            f"{home} belongs to {owner}: start as root or as {owner}, or set ANHUAN_HOME to another folder",
            f"{home} 属于 {owner}：请以 root 或 {owner} 身份启动，或将 ANHUAN_HOME 设为其他目录",
        )
