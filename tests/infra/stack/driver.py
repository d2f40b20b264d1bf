"""A supervisor with programs made for tests: a real Granian with its worker, and one whose child will not go."""

import argparse
import sys
from pathlib import Path

from anhuan_infra.stack import __main__ as command
from anhuan_infra.stack import apps, supervisor

STUBBORN = """
import os, signal, time
if os.fork() == 0:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    while True:
        time.sleep(1)
while True:
    time.sleep(1)
"""
GRANIAN = (
    *(str(Path(sys.executable).parent / "granian"), "--interface", "asgi", "--workers", "1"),
    *("--workers-kill-timeout", "3", "--host", "127.0.0.1", "--port", "{ANHUAN_API_PORT}"),
    *("--working-dir", str(Path(__file__).parent), "tiny:app"),
)
KINDS = {
    "web": apps.App("web", GRANIAN, ready=apps.healthy, takes_api_port=True),
    "stubborn": apps.App("stubborn", (sys.executable, "-c", STUBBORN), proves=0.3),
    "once": apps.App("once", (sys.executable, "-c", "print('I cannot'); raise SystemExit(7)"), once=True),
    "weak": apps.App(
        "weak", (sys.executable, "-c", "import time; print('too weak'); time.sleep(0.4)"), proves=0.2
    ),
}


def main() -> int:
    """Run the kinds that are named."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--apps", default="web,stubborn")
    parser.add_argument("--home", type=Path)
    chosen = parser.parse_args()
    stack = supervisor.Stack(chosen.home, durable=False)
    wanted = [KINDS[name] for name in chosen.apps.split(",")]
    return supervisor.run_until_signal(stack, wanted, lambda env: command.announce(stack, env))


if __name__ == "__main__":
    sys.exit(main())
