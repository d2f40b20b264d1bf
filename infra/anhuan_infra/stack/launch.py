"""The last step before a server: give up root, ask to die with the parent, then become the program.

Run as a script with nothing but the standard library (`python -I -S launch.py SPEC PROGRAM ARGS…`), so that it
costs milliseconds and works from a folder that only root can enter. It replaces itself: no process is added.
"""

import ctypes
import json
import os
import resource
import sys

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAPABILITY_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE = 1
CAP_DAC_READ_SEARCH = 2


class _CapHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapData(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def _call(libc: ctypes.CDLL, name: str, *arguments: object) -> bool:
    return int(getattr(libc, name)(*arguments)) == 0


def keep_only(libc: ctypes.CDLL, capability: int) -> bool:
    """Hold one capability across the coming exec, and no other; False where the machine does not grant it."""
    header = _CapHeader(CAPABILITY_VERSION_3, 0)
    mask = 1 << capability
    data = (_CapData * 2)(_CapData(mask, mask, mask), _CapData(0, 0, 0))
    return _call(libc, "capset", ctypes.byref(header), data) and _call(
        libc, "prctl", PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0
    )


def become(libc: ctypes.CDLL, uid: int, gid: int, reach: bool) -> None:
    """Give up root for good; with `reach`, keep the one right to walk through folders closed to others."""
    if reach:
        _call(libc, "prctl", PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    if reach and not (keep_only(libc, CAP_DAC_READ_SEARCH) or keep_only(libc, CAP_DAC_OVERRIDE)):
        sys.exit(
            f"launch: user {uid} cannot enter this folder and the machine grants no right to; move the folder"
        )


def main() -> None:
    """Read the spec, prepare this process, become the program."""
    spec = json.loads(sys.argv[1])
    program = sys.argv[2:]
    if spec["umask"] is not None:
        os.umask(spec["umask"])
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None, use_errno=True)
    if spec["uid"] is not None:
        become(libc, spec["uid"], spec["gid"], spec["reach"])
    if sys.platform == "linux":
        # After the change of user, which would clear it.
        _call(libc, "prctl", PR_SET_PDEATHSIG, spec["death_signal"], 0, 0, 0)
    if os.getppid() != spec["parent"]:
        sys.exit("launch: the supervisor died first")
    os.execv(program[0], program)  # noqa: S606 - this is what the file is for


if __name__ == "__main__":
    main()
