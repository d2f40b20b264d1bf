"""From a fresh clone to a ready `.venv`: needs Python 3.11 and nothing else, not even pip.

Finds or fetches uv (pinned, checked by its hash), makes the environment from `requirements.lock` by hash only,
puts our five packages in it, and compiles everything, so that the first start is quick. Done already, it ends in
a blink. Indexes are taken from UV_DEFAULT_INDEX, UV_INDEX_URL, PIP_INDEX_URL, pip's own configuration, PyPI.
"""

import configparser
import fcntl
import hashlib
import html.parser
import io
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
PIN = ROOT / "infra" / "uv.txt"
STAMP = VENV / ".anhuan-installed"
WINGS = ("infra", "tenants", "platform", "portal", "graphql")
OLDEST = (3, 11)
HEARTBEAT = 4.0


def say(text: str) -> None:
    """One line of progress."""
    print(f"install    {text}", flush=True)


def fail(text: str) -> NoReturn:
    """The one line that tells a person what to do."""
    sys.exit(f"install    {text}")


def run(what: str, command: list[str], env: dict[str, str] | None = None, *, may_fail: bool = False) -> bool:
    """Run a step; where no progress bar can be drawn, say every few seconds that it goes on."""
    began = spoke = time.monotonic()
    say(what)
    process = subprocess.Popen(command, cwd=ROOT, env=env)
    while process.poll() is None:
        time.sleep(0.05)
        if not sys.stderr.isatty() and time.monotonic() - spoke > HEARTBEAT:
            spoke = time.monotonic()
            say(f"… {what} {spoke - began:.0f} s")
    if process.returncode and not may_fail:
        fail(f"{what}: failed / 失败: {' '.join(command[:4])} … ended with {process.returncode}")
    return process.returncode == 0


def find_python() -> str:
    """A Python of the machine that is new enough: this one, else the newest on the PATH."""
    if sys.version_info >= OLDEST and sys.prefix == sys.base_prefix:
        return sys.executable
    for minor in range(14, OLDEST[1] - 1, -1):
        if found := shutil.which(f"python3.{minor}"):
            return found
    if sys.version_info >= OLDEST:
        return sys.executable
    fail("Python 3.11 or newer is needed: apt install python3.11 / 需要 Python 3.11 或更新版本")


def index() -> str:
    """The package index that this machine is meant to use."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        if url := os.environ.get(name, "").strip():
            return (
                url.rpartition("=")[2] if name == "UV_DEFAULT_INDEX" and not url.startswith("http") else url
            )
    for file in (Path.home() / ".config/pip/pip.conf", Path.home() / ".pip/pip.conf", Path("/etc/pip.conf")):
        config = configparser.ConfigParser(interpolation=None)
        if file.is_file() and config.read(file) and (url := config.get("global", "index-url", fallback="")):
            return url
    return "https://pypi.org/simple"


class _Links(html.parser.HTMLParser):
    """The links of an index page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep each href."""
        if tag == "a" and (target := dict(attrs).get("href")):
            self.found.append(target)


def wheel_urls(index_url: str, project: str) -> list[str]:
    """Every file of a project in an index, in JSON (PEP 691) or HTML (PEP 503)."""
    page_url = f"{index_url.rstrip('/')}/{project}/"
    accept = "application/vnd.pypi.simple.v1+json, text/html;q=0.2"
    request = urllib.request.Request(page_url, headers={"Accept": accept})  # noqa: S310 - the index of this machine
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        body = answer.read()
        kind = answer.headers.get("Content-Type", "")
    if "json" in kind:
        links = [file["url"] for file in json.loads(body)["files"]]
    else:
        page = _Links()
        page.feed(body.decode())
        links = page.found
    return [urllib.parse.urljoin(page_url, link) for link in links]


def fits(wheel: str) -> bool:
    """Whether a wheel's platform tag is this machine's."""
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(
        platform.machine().lower(), platform.machine().lower()
    )
    if sys.platform == "darwin":
        return "macosx" in wheel and wheel.endswith("arm64.whl" if machine == "aarch64" else "x86_64.whl")
    family = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    return re.search(rf"{family}_\d+_\d+_{machine}\b", wheel) is not None


def pinned() -> tuple[str, set[str]]:
    """The version of uv and the hashes that it may have."""
    text = PIN.read_text()
    version = re.search(r"^uv==(\S+)", text, re.MULTILINE)
    if version is None:
        fail(f"{PIN} names no version")
    return version[1], set(re.findall(r"sha256:([0-9a-f]{64})", text))


def fetch_uv(target: Path) -> None:
    """Take uv's program out of its wheel, by the standard library alone; anything but the pinned bytes is refused."""
    version, hashes = pinned()
    index_url = index()
    try:
        urls = wheel_urls(index_url, "uv")
        files = {url.partition("#")[0].rpartition("/")[2]: url.partition("#")[0] for url in urls}
        names = [name for name in files if name.startswith(f"uv-{version}-") and fits(name)]
        if not names:
            fail(f"no wheel of uv {version} for this machine in {index_url} / 索引中没有适合本机的 uv")
        say(f"uv {version} ← {files[names[0]]}")
        with urllib.request.urlopen(files[names[0]], timeout=300) as answer:  # noqa: S310
            content = answer.read()
    except OSError as error:
        fail(f"cannot read {index_url}: {error} / 无法访问软件包索引")
    if hashlib.sha256(content).hexdigest() not in hashes:
        fail(f"{names[0]}: not the bytes that we pinned / 哈希不符")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        program = next(name for name in archive.namelist() if name.endswith(".data/scripts/uv"))
        fresh = target.with_suffix(".new")
        fresh.write_bytes(archive.read(program))
    fresh.chmod(0o755)
    fresh.replace(target)


def works(uv: str | Path, version: str | None = None) -> bool:
    """Whether this is a uv that runs, of the wanted version if one is given."""
    try:
        answer = subprocess.run(
            [uv, "--version"], capture_output=True, text=True, timeout=60, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return False
    return version is None or answer.split()[1:2] == [version]


def find_uv() -> str:
    """uv: the one on the PATH, the one we have, one that pip fetches, one that we fetch."""
    version, _ = pinned()
    if (found := shutil.which("uv")) and works(found):
        return found
    TOOLS.mkdir(exist_ok=True)
    own = TOOLS / "uv"
    if works(own, version):
        return str(own)
    pip = [sys.executable, "-m", "pip"]
    if subprocess.run([*pip, "--version"], check=False, capture_output=True).returncode == 0:
        folder = TOOLS / "pip"
        options = ["--quiet", "--disable-pip-version-check", "--target", str(folder), "--upgrade"]
        options += ["--no-deps", "--only-binary", ":all:", "--require-hashes"]
        if run(f"uv {version} ← pip", [*pip, "install", *options, "-r", str(PIN)], may_fail=True):
            shutil.copy2(folder / "bin" / "uv", own)
            shutil.rmtree(folder)
            return str(own)
    fetch_uv(own)
    if not works(own, version):
        fail(f"{own} does not run on this machine / 无法在本机运行")
    return str(own)


def fingerprint(python: str) -> str:
    """What an installation depends on; the folder too, since scripts hold its path."""
    parts = [LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), Path(__file__).read_bytes()]
    return hashlib.sha256(
        b"\0".join([*parts, str(ROOT).encode(), os.path.realpath(python).encode()])
    ).hexdigest()


def install(python: str) -> None:
    """Make the environment anew where it must be, bring it to the locked state where it is."""
    uv = find_uv()
    env = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_PYTHON_PREFERENCE": "only-system"}
    env["VIRTUAL_ENV"] = str(VENV)
    if Path("/etc/ssl/certs/ca-certificates.crt").is_file():
        # The machine's own list knows the certificate of a company's proxy; uv's built-in list does not.
        env.setdefault("UV_SYSTEM_CERTS", "true")
    env.setdefault("UV_DEFAULT_INDEX", index())
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    inside = str(VENV / "bin" / "python")
    began = time.monotonic()
    if not (VENV / "bin" / "python").exists() or not STAMP.exists():
        run(
            "environment / 创建环境",
            [uv, "venv", "--quiet", "--allow-existing", "--python", python, str(VENV)],
            env,
        )
    sync = [uv, "pip", "sync", "--python", inside, "--require-hashes", "--compile-bytecode", str(LOCK)]
    run("packages (about 450 MB the first time) / 安装依赖（首次约 450 MB）", sync, env)
    own = [
        uv,
        "pip",
        "install",
        "--quiet",
        "--python",
        inside,
        "--no-deps",
        "--no-build-isolation",
        "-e",
        ".",
    ]
    run("our packages / 安装本项目", own, env)
    compileall = [inside, "-m", "compileall", "-q", "-j", "0", *WINGS]
    run("compiling / 编译字节码", compileall, env)
    STAMP.write_text(fingerprint(python))
    say(f"ready in / 完成 {time.monotonic() - began:.0f} s")


def main() -> None:
    """Install what is missing; two at once wait for one another."""
    python = find_python()
    if STAMP.exists() and STAMP.read_text() == fingerprint(python) and (VENV / "bin" / "python").exists():
        return
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        install(python)


if __name__ == "__main__":
    main()
