"""`python -m anhuan_infra.stack up` and `… doctor`: what `make up` and `make doctor` run."""

import argparse
import json
import os
import sys
from pathlib import Path

from anhuan_infra.stack import apps, problems, supervisor


def announce(stack: supervisor.Stack, env: dict[str, str]) -> None:
    """The one address, and the demo group's sign-ins."""
    url = env["ANHUAN_PUBLIC_URL"]
    lines = ["", f"    Anhuan is ready / 安环已就绪    {url}", ""]
    try:
        demo = json.loads((stack.home / apps.DEMO).read_text())
    except (OSError, ValueError):
        demo = {}
    for entry in demo.get("sign_ins", ()):
        lines.append(
            f"    {entry['who']}: tenant / 企业 {entry['tenant']}, account / 账号 {entry['account']},"
            f" password / 密码 {entry['password']}"
        )
    lines += ["", "    Ctrl-C stops everything / 按 Ctrl-C 停止全部服务", ""]
    stack.progress.plain("\n".join(lines))


def up(chosen: argparse.Namespace) -> int:
    """Run the stack in the foreground until a signal."""
    stack = supervisor.Stack(chosen.home, durable=not chosen.for_tests)
    programs = () if chosen.servers_only else apps.ALL
    return supervisor.run_until_signal(stack, programs, lambda env: announce(stack, env))


def look(chosen: argparse.Namespace) -> int:
    """Print the report; 1 when anything is wrong."""
    # Loaded late: it knows every client library, and `up` should begin at once.
    from anhuan_infra.stack import doctor

    try:
        report = doctor.report(chosen.home)
    except problems.CannotRun as problem:
        print(problem, file=sys.stderr)
        return problem.exit_code
    print(report.as_json() if chosen.json else report.as_text(doctor.language()))
    return 0 if report.well else 1


def main() -> int:
    """Parse, run, answer with an exit code."""
    parser = argparse.ArgumentParser(prog="anhuan_infra.stack")
    verbs = parser.add_subparsers(required=True)
    home = Path(os.environ.get("ANHUAN_HOME") or ".anhuan")
    upper = verbs.add_parser("up", help="start everything and keep it running / 启动并保持运行")
    upper.add_argument("--servers-only", action="store_true", help="no programs of ours / 仅启动基础服务")
    upper.add_argument(
        "--for-tests", action="store_true", help="faster, not safe against power cuts / 仅供测试"
    )
    upper.set_defaults(run=up)
    looker = verbs.add_parser("doctor", help="what runs and what is wrong / 检查运行状况")
    looker.add_argument("--json", action="store_true", help="for programs / 供程序读取")
    looker.set_defaults(run=look)
    for verb in (upper, looker):
        verb.add_argument("--home", type=Path, default=home, help="data folder / 数据目录")
    chosen = parser.parse_args()
    return int(chosen.run(chosen))


if __name__ == "__main__":
    sys.exit(main())
