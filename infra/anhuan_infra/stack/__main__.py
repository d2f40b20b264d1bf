"""`python -m anhuan_infra.stack up`: the supervisor in the foreground."""

import argparse
import os
import sys
from pathlib import Path

from anhuan_infra.stack import supervisor


def main() -> int:
    """Parse, run, answer with an exit code."""
    parser = argparse.ArgumentParser(prog="anhuan_infra.stack")
    verbs = parser.add_subparsers(dest="verb", required=True)
    up = verbs.add_parser("up", help="start everything and keep it running / 启动并保持运行")
    up.add_argument("--home", type=Path, default=Path(os.environ.get("ANHUAN_HOME") or ".anhuan"))
    up.add_argument("--servers-only", action="store_true", help="no programs of ours / 仅启动基础服务")
    up.add_argument(
        "--for-tests", action="store_true", help="faster and not safe against power cuts / 仅供测试"
    )
    chosen = parser.parse_args()
    stack = supervisor.Stack(chosen.home, durable=not chosen.for_tests)
    return supervisor.run_until_signal(
        stack, (), lambda env: stack.progress.say("anhuan", env["ANHUAN_HOME"])
    )


if __name__ == "__main__":
    sys.exit(main())
