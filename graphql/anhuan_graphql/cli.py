"""`anhuan`: everything an operator types. Each command loads only what it needs, so that help answers at once."""

import argparse
import asyncio
import importlib
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

HELP: Mapping[str, tuple[str, str]] = {
    "up": ("start everything and keep it running", "启动并保持运行"),
    "doctor": ("what runs, how large it is and what is wrong", "检查运行状况"),
    "migrate": ("bring the database to this version", "升级数据库结构"),
    "verify": ("prove that no company's record was changed", "验证操作记录未被改动"),
    "export": (
        "write a company's record to a file that anybody can check",
        "导出一家企业的操作记录供独立验证",
    ),
    "schema": ("print the GraphQL schema", "输出 GraphQL 架构"),
    "demo": ("the demo group: load it, or play a whole day of it", "演示集团：装载数据，或演示一整天"),
    "order": ("the vendor's side of signed orders", "供应商侧：签发订单"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse, run, answer with an exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:2] in (["demo", "load"], ["demo", "drive"]):
        # Their own programs with their own options.
        _take_runtime()
        run: Any = importlib.import_module(f"anhuan_graphql.demo.{words[1]}").main
        return int(run(words[2:]) or 0)
    asked = _parser().parse_args(words)
    return int(asked.run(asked) or 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="anhuan", description=_said("安环 Anhuan", "安环 Anhuan"))
    verbs = parser.add_subparsers(required=True, metavar=_said("command", "命令"))
    home = Path(os.environ.get("ANHUAN_HOME") or ".anhuan")

    up = _verb(verbs, "up", _up)
    up.add_argument(
        "--servers-only", action="store_true", help=_said("no programs of ours", "仅启动基础服务")
    )
    up.add_argument(
        "--for-tests", action="store_true", help=_said("faster, not safe against power cuts", "仅供测试")
    )
    doctor = _verb(verbs, "doctor", _doctor)
    doctor.add_argument("--json", action="store_true", help=_said("for programs", "供程序读取"))
    for verb in (up, doctor):
        verb.add_argument("--home", type=Path, default=home, help=_said("data folder", "数据目录"))

    _verb(verbs, "migrate", _migrate)
    _verb(verbs, "schema", _schema)
    verify = _verb(verbs, "verify", _verify)
    verify.add_argument(
        "company", nargs="*", help=_said("company codes; all without", "企业代码；缺省为全部")
    )
    export = _verb(verbs, "export", _export)
    export.add_argument("company", help=_said("company code", "企业代码"))
    export.add_argument("file", type=Path, help=_said("where to write it", "输出文件"))
    demo = _verb(verbs, "demo", _nothing)
    demo.add_argument("what", choices=("load", "drive"))

    order = _verb(verbs, "order", _nothing).add_subparsers(required=True, metavar=_said("command", "命令"))
    keys = order.add_parser("keys", help=_said("make a vendor's pair of keys", "生成供应商密钥对"))
    keys.set_defaults(run=_order_keys)
    sign = order.add_parser("sign", help=_said("sign an order for a company", "为企业签发订单"))
    sign.set_defaults(run=_order_sign)
    sign.add_argument("--key", type=Path, required=True, help=_said("file with the private key", "私钥文件"))
    sign.add_argument("--company", required=True, help=_said("the company's id", "企业编号（UUID）"))
    sign.add_argument(
        "--number", required=True, help=_said("order number, used once", "订单号，仅可使用一次")
    )
    sign.add_argument(
        "--amount-fen", type=int, required=True, help=_said("amount in fen of CNY", "金额（分）")
    )
    sign.add_argument("--module", action="append", required=True, help="module=days[:seats]")
    sign.add_argument("--redeem-days", type=int, default=90, help=_said("days to use it in", "有效天数"))
    return parser


def _verb(verbs: Any, name: str, run: Any) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = verbs.add_parser(name, help=_said(*HELP[name]))
    made.set_defaults(run=run)
    return made


def _nothing(_asked: argparse.Namespace) -> int:
    """Only reached by a word that the parser has refused already."""
    return 2


def _up(asked: argparse.Namespace) -> int:
    from anhuan_infra.stack import __main__ as stack

    return stack.up(asked)


def _doctor(asked: argparse.Namespace) -> int:
    from anhuan_infra.stack import __main__ as stack

    return stack.look(asked)


def _migrate(_asked: argparse.Namespace) -> int:
    from anhuan_infra.stack.apps import ROOT

    _take_runtime()
    command = [sys.executable, "-m", "alembic", "-c", str(ROOT / "infra" / "alembic.ini"), "upgrade", "head"]
    return subprocess.run(command, check=False).returncode


def _schema(_asked: argparse.Namespace) -> int:
    from anhuan_graphql import schema

    sys.stdout.write(schema.text())
    return 0


def _verify(asked: argparse.Namespace) -> int:
    from anhuan_graphql import proof

    return asyncio.run(proof.verify(_settings(), asked.company, language()))


def _export(asked: argparse.Namespace) -> int:
    from anhuan_graphql import proof

    return asyncio.run(proof.export_one(_settings(), asked.company, asked.file, language()))


def _order_keys(_asked: argparse.Namespace) -> int:
    from anhuan_tenants.subscriptions import orders

    private, public = orders.new_keys()
    print(_said("private key, keep it secret: ", "私钥，妥善保管：") + private)
    print("ANHUAN_ORDER_KEY=" + public)
    return 0


def _order_sign(asked: argparse.Namespace) -> int:
    from datetime import UTC, datetime, timedelta
    from uuid import UUID

    from anhuan_infra.errors import Refused
    from anhuan_tenants.subscriptions import orders
    from anhuan_tenants.subscriptions.payments import Line, Order

    try:
        order = Order(
            asked.number, UUID(asked.company), asked.amount_fen, tuple(map(_line(Line), asked.module))
        )
        until = datetime.now(UTC) + timedelta(days=asked.redeem_days)
        print(orders.sign(order, until, asked.key.read_text().strip()))
    except (Refused, ValueError, OSError) as problem:
        print(problem.message(language()) if isinstance(problem, Refused) else problem, file=sys.stderr)
        return 1
    return 0


def _line(kind: Any) -> Any:
    def read(text: str) -> Any:
        module, _, rest = text.partition("=")
        days, _, seats = rest.partition(":")
        return kind(module, int(days), int(seats) if seats else None)

    return read


def _settings() -> Any:
    from anhuan_infra.settings import BadSetting, Settings

    _take_runtime()
    try:
        return Settings.from_env()
    except BadSetting as problem:
        raise SystemExit(str(problem)) from None


def _take_runtime() -> None:
    """Without servers named in the environment, use those that `up` started in the data folder."""
    if "ANHUAN_DATABASE_URL" not in os.environ:
        from anhuan_infra.stack import state

        home = Path(os.environ.get("ANHUAN_HOME") or ".anhuan").absolute()
        os.environ.update(state.read_runtime(home))


def language() -> str:
    """`zh` where the terminal says so, otherwise `en`."""
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "zh" if said.startswith("zh") else "en"


def _said(en: str, zh: str) -> str:
    return zh if language() == "zh" else en


if __name__ == "__main__":
    sys.exit(main())
