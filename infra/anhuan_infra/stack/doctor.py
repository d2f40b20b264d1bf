"""What is running, which versions, how large, and what is wrong: for a person as a table, for a program as JSON."""

import fcntl
import json
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from anhuan_infra.stack import examine, problems, state
from anhuan_infra.stack.examine import Part

HEADINGS = {
    "en": ("part", "state", "version", "data", "memory", "address"),
    "zh": ("组件", "状态", "版本", "数据量", "内存", "地址"),
}
STATES = {"running": "运行中", "stopped": "已停止", "": ""}


@dataclass(frozen=True)
class Report:
    """The findings about one data folder at one moment."""

    home: Path
    parts: tuple[Part, ...]

    @property
    def well(self) -> bool:
        """Nothing is wrong."""
        return not any(part.wrong for part in self.parts)

    def as_json(self) -> str:
        """For programs; sizes in bytes, addresses without passwords."""
        content = {"home": str(self.home), "well": self.well, "parts": [asdict(part) for part in self.parts]}
        return json.dumps(content, ensure_ascii=False, indent=2)

    def as_text(self, language: str) -> str:
        """For a person: a table, then one line for each thing that is wrong."""
        chinese = language.startswith("zh")
        rows = [HEADINGS["zh" if chinese else "en"]]
        for part in self.parts:
            shown = STATES.get(part.state, part.state) if chinese else part.state
            rows.append((part.name, shown, part.version, _size(part.size), _size(part.memory), part.address))
        widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
        lines = [
            "  ".join(_pad(cell, width) for cell, width in zip(row, widths, strict=True)) for row in rows
        ]
        for part in self.parts:
            lines += [f"!! {part.name}: {wrong.zh if chinese else wrong.en}" for wrong in part.wrong]
        if self.well:
            lines.append("一切正常" if chinese else "all is well")
        return "\n".join(line.rstrip() for line in lines)


def report(home: Path) -> Report:
    """Look at everything; a part that does not answer costs a few seconds at most. Refuses a folder never used."""
    home = home.absolute()
    try:
        env = state.read_runtime(home)
    except PermissionError:
        raise problems.CannotRun(f"{home} is not readable for you", f"您无权读取 {home}") from None
    if not env:
        raise problems.CannotRun(
            f"nothing was ever started in {home}: make up", f"{home} 从未启动过：请运行 make up"
        )
    used = examine.memory(home)
    parts = [_supervisor(home)]
    for look in examine.LOOKS:
        part = look(env, home)
        part.memory = used.get(part.name)
        parts.append(part)
    for name in ("worker", "scheduler"):
        part = Part(name, memory=used.get(name))
        if name not in used:
            part.state = "stopped"
            part.blame("is not running", "未运行")
        parts.append(part)
    return Report(home, tuple(parts))


def language(env: Mapping[str, str] = os.environ) -> str:
    """The language of the terminal: `zh` or `en`."""
    named = env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or ""
    return "zh" if named.lower().startswith("zh") else "en"


def _supervisor(home: Path) -> Part:
    part = Part("supervisor")
    try:
        with (home / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return part
    except OSError:
        pass
    part.state = "stopped"
    part.blame("is not running: make up", "未运行：请执行 make up")
    return part


def _size(number: int | None) -> str:
    if number is None:
        return ""
    for unit in ("B", "KB", "MB", "GB"):
        if number < 10_000:
            return f"{number} {unit}"
        number //= 1024
    return f"{number} TB"


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
