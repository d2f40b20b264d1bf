"""A stranger's XLSForm, opened by pyxform in a process of its own with little memory and time; pyxform decides what is a form.

A workbook of some kilobytes can unpack to terabytes; the process that opens it then dies instead of the program.
"""

import io
import json
import os
import re
import resource
import subprocess
import sys
import warnings
import zipfile
from typing import Any, cast

import msgspec

from anhuan_infra.errors import Words
from anhuan_platform.inspections.errors import FormUnreadable
from anhuan_tenants.organisation.cells import MOST_BYTES, MOST_UNPACKED, WorkbookTooLarge

TYPES = ("xlsx", "xls", "xlsm", "csv", "md")
_MEMORY = 1024 * 1024 * 1024
_CPU_SECONDS = 20
_WALL_SECONDS = 60
_MOST_OUT = 20_000_000
_MESSAGE = 600
_ROW = re.compile(r"\[row\s*:\s*(\d+)\]")


class Form(msgspec.Struct, frozen=True):
    """A form as pyxform understood it."""

    tree: dict[str, Any]
    """pyxform's own JSON: groups and questions with types in one spelling."""
    survey: list[dict[str, Any]]
    """The rows of the sheet as they came, the first one standing in row 2."""
    choices: list[dict[str, Any]]
    warnings: list[str]
    settings: list[dict[str, Any]] = []

    def head(self) -> dict[str, Any]:
        """What an exported list says of itself beside XLSForm's words; nothing where it is no exported one."""
        try:
            said = json.loads(str(self.settings[0].get("anhuan", "null")))
        except (ValueError, RecursionError, IndexError):
            return {}
        return cast("dict[str, Any]", said) if isinstance(said, dict) else {}


class _Told(msgspec.Struct, frozen=True):
    form: Form | None = None
    refused: str = ""


def read(content: bytes, ending: str) -> Form:
    """The form; refuses what pyxform refuses, in its words. `ending` is the file's, without the point. Blocks: use a thread."""
    if ending not in TYPES:
        kinds = "、".join(TYPES), ", ".join(TYPES)
        raise FormUnreadable(
            path="file", reason=Words(f"支持的文件类型为 {kinds[0]}", f"the types are {kinds[1]}")
        )
    if len(content) > MOST_BYTES or _unpacked(content) > MOST_UNPACKED:
        raise WorkbookTooLarge(path="file")
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", __name__, ending],
            input=content, capture_output=True, timeout=_WALL_SECONDS, check=False,
            # Nothing of the environment but the way to the code: the file's reader needs no secrets.
            env={name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ},
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        raise WorkbookTooLarge(path="file") from late
    if done.returncode != 0:
        raise WorkbookTooLarge(path="file")
    told = msgspec.json.decode(done.stdout, type=_Told)
    if told.form is None:
        raise FormUnreadable(path="file", reason=_reason(told.refused))
    return told.form


def _reason(message: str) -> Words:
    """pyxform's words, and in Chinese at least where it is."""
    row = _ROW.search(message)
    at = f"第 {row[1]} 行" if row else "表单"
    for sign, zh in _ZH:
        if re.search(sign, message, re.IGNORECASE):
            return Words(f"{at}{zh}", message)
    return Words(f"{at}不符合 XLSForm 规范", message)


_ZH = (
    ("no label or hint", "有题目没有题干"),
    ("has not been included", "引用了其他文件，无法单独导入"),
    ("duplicate|already", "名称重复"),
    ("unknown question type", "题目类型无法识别"),
    ("unmatched (begin|end)", "分组的开始与结束不配对"),
    ("choices|list[ _]name", "选项表有误"),
    ("headers", "列名有误或重复"),
    ("reference|\\$\\{", "引用了不存在的题目"),
    ("survey.*(sheet|name)", "缺少 survey 工作表或其内容"),
    ("not a zip file|corrupt|format|xls", "文件损坏或不是所说的类型"),
)


def _unpacked(content: bytes) -> int:
    """What an archive says that it unpacks to; one that lies meets the memory limit."""
    if not content.startswith(b"PK"):
        return 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError):
        return 0


def _read_here(content: bytes, ending: str) -> _Told:
    # Imported late, and only in the process of its own: nothing else of the program needs it.
    from pyxform.xls2json_backends import get_xlsform
    from pyxform.xls2xform import convert

    warnings.simplefilter("ignore")
    try:
        made = convert(content, file_type=f".{ending}", validate=False)
        raw = get_xlsform(content, file_type=f".{ending}")
        tree = cast("dict[str, Any]", made._pyxform)  # pyright: ignore[reportPrivateUsage]
        plain = {
            "tree": tree, "survey": list(raw.survey or ()), "choices": list(raw.choices or ()),
            "settings": list(raw.settings or ()), "warnings": made.warnings,
        }  # fmt: skip
        return _Told(form=msgspec.convert(json.loads(json.dumps(plain, default=str)), type=Form))
    except MemoryError:
        raise
    except Exception as problem:  # noqa: BLE001
        # Whatever it stumbles over, it did not take the form.
        message = " ".join(str(problem).split())[:_MESSAGE] or type(problem).__name__
        row = None if _ROW.search(message) else _row_of(message, content, ending)
        return _Told(refused=f"[row : {row}] {message}" if row else message)


def _row_of(message: str, content: bytes, ending: str) -> int | None:
    """The row of what a message quotes without saying where it stands."""
    from pyxform.xls2json_backends import get_xlsform

    quoted = set(re.findall(r"'([^']+)'", message))
    try:
        rows = get_xlsform(content, file_type=f".{ending}").survey or ()
        return next(
            (
                row
                for row, line in enumerate(rows, 2)
                if quoted & {str(cell).strip() for cell in line.values()}
            ),
            None,
        )
    except Exception:  # noqa: BLE001
        # It is refused already; that it cannot be found either adds nothing.
        return None


def _main() -> int:
    """In the process of its own: the file comes in, JSON goes out."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # pyxform writes the form to a temporary file of its own.
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST_OUT, _MOST_OUT))
    out = msgspec.json.encode(_read_here(sys.stdin.buffer.read(), sys.argv[1]))
    if len(out) > _MOST_OUT:
        return 3
    sys.stdout.buffer.write(out)
    return 0


if __name__ == "__main__":
    sys.exit(_main())
