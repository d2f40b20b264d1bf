"""Where Chromium is, how it is started, and how a machine of tests comes by it and by Chinese letters.

python -m tests.support.browser.chromium    # installs both with apt as root on Debian, else says what is missing
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

PACKAGES = ("chromium", "fonts-noto-cjk")
NAMES = ("chromium", "google-chrome-stable", "google-chrome", "chromium-browser")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"),
    *("--no-first-run", "--no-default-browser-check", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-default-apps", "--no-proxy-server"),
    # A camera that shows a moving test picture, and nobody to ask whether a page may use it.
    *("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"),
)
HEARTBEAT = 4.0


def find() -> str | None:
    """ANHUAN_CHROMIUM, else the first known name on the PATH."""
    named = os.environ.get("ANHUAN_CHROMIUM", "").strip()
    if named:
        return shutil.which(named)
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def has_chinese() -> bool:
    """Whether pages can show Chinese; without a font every letter is a box and no picture of a page says anything."""
    if shutil.which("fc-list") is None:
        return sys.platform == "darwin"
    listed = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def missing() -> str | None:
    """What keeps the browser tests from running, in one line; None when nothing does."""
    if find() is None:
        return "CHROMIUM MISSING / 缺少 Chromium: apt install chromium, or name one in ANHUAN_CHROMIUM"
    if not has_chinese():
        return "NO CHINESE FONT / 缺少中文字体: apt install fonts-noto-cjk"
    return None


def _install() -> None:
    """Ask apt for both, saying every few seconds that it goes on."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    fetch = ["apt-get", "install", "--yes", "--no-install-recommends", "--quiet", *PACKAGES]
    for command in (fetch, ["apt-get", "update", "--quiet"], fetch):
        _say(" ".join(command))
        began = spoke = time.monotonic()
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
        while process.poll() is None:
            time.sleep(0.1)
            if time.monotonic() - spoke > HEARTBEAT:
                spoke = time.monotonic()
                _say(f"… {command[1]} {spoke - began:.0f} s")
        if missing() is None:
            return


def _say(text: str) -> None:
    print(f"browser    {text}", flush=True)


def main() -> int:
    """The exit code: a machine of CI without a browser has failed; a person is told loudly."""
    lacking = missing()
    if lacking and os.getuid() == 0 and shutil.which("apt-get") and Path("/etc/debian_version").is_file():
        _install()
        lacking = missing()
    if lacking is None:
        return 0
    _say(f"!!!! NOT RUN / 未执行: tests/browser: {lacking}")
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
