"""The checks of what was built find what they are for, and nothing else."""

import subprocess
from pathlib import Path

import pytest

from tests.support.database import ROOT

NODE = ROOT / ".tools" / "node" / "node"
CHECK = ROOT / "portal" / "web" / "build" / "check-old.mjs"


def old(folder: Path, name: str, text: str) -> list[str]:
    """What the check for old webviews says of a file."""
    (folder / name).write_text(text)
    if name.endswith(".css"):
        (folder / "a.js").write_text("")
    done = subprocess.run([NODE, CHECK, folder], capture_output=True, text=True, check=False)
    *lines, summary = done.stdout.splitlines()
    assert summary.endswith(f"{len(lines)} problems"), done.stdout + done.stderr
    assert done.returncode == (1 if lines else 0)
    return [line.partition(" ")[2].strip() for line in lines]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("a?.b", "?. (80)"),
        ("a ?? b", "?? (80)"),
        ("let a; a ||= 1", "||= (85)"),
        ("class A { b = 1 }", "class field (72)"),
        ("export * as a from './a.js'", "export * as (72)"),
        ("await 1", "await at top level (89)"),
        ("1_000", "numeric separator (75)"),
        ("/a/v", "flag v"),
        ("structuredClone(a)", "structuredClone (98)"),
        ("window.crypto.randomUUID()", "crypto.randomUUID (92)"),
        ("Object.fromEntries(a)", "Object.fromEntries (73)"),
        ("Promise.any(a)", "Promise.any (85)"),
        ("AbortSignal.timeout(1)", "AbortSignal.timeout (103)"),
        ("a.at(-1)", ".at() (92)"),
        ("window.queueMicrotask(a)", "queueMicrotask (71)"),
        ("a.replaceAll('b', 'c')", ".replaceAll() (85)"),
        ("h('p', {style: {gap: 8}})", "style.gap (84)"),
        ("const = 1", "cannot be read"),
    ],
)
def test_scripts_that_old_phones_cannot_run_are_found(tmp_path: Path, script: str, said: str) -> None:
    [found] = old(tmp_path, "a.js", script)

    assert said in found


@pytest.mark.parametrize(
    "script",
    [
        "import('./b.js'); import.meta.url; async function* a() { for await (const b of c) yield b } try {} catch {}",
        "const {a, ...b} = c; /(?<y>\\d)(?<!a)\\p{L}/su; 10n",
        "const copy = typeof structuredClone === 'function' ? structuredClone(a) : JSON.parse(JSON.stringify(a))",
        "const id = crypto.randomUUID ? crypto.randomUUID() : other()",
        "if (!window.globalThis) window.globalThis = window; if (!window.queueMicrotask) window.queueMicrotask = (a) => Promise.resolve().then(a); (b || queueMicrotask)(c)",
        "Array.prototype.at = function (n) { return this[n < 0 ? this.length + n : n] }; a.at(-1)",
        "const detector = window.BarcodeDetector; if (detector) use(detector)",
        "self.clients.matchAll({type: 'window'}); t.at(day, rule)",
        "if ('at' in a) b.at = 3; const {at} = c; e({at: 1, gap: 2, globalThis: 3}); a.flat()",
    ],
)
def test_scripts_that_old_phones_run_are_left_alone(tmp_path: Path, script: str) -> None:
    assert old(tmp_path, "a.js", script) == []


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (".a{display:flex;gap:8px}", "gap (84)"),
        (".a{display:flex}.a{gap:8px}", "gap (84)"),
        (".a:is(p,b){color:red}", ":is()"),
        (".a:where(p){color:red}", ":where()"),
        (".a:has(p){color:red}", ":has()"),
        (".a{inset:0}", "inset (87)"),
        (".a{padding-inline:1px}", "padding-inline (87)"),
        (".a{aspect-ratio:4/3}", "aspect-ratio (88)"),
        (".a{height:100dvh}", "dvh"),
        (".a{height:100dvh;height:100vh}", "dvh"),
        (".a{width:min(10px,50%)}", "min()"),
        (".a{appearance:none}", "appearance (84)"),
        ("@layer a{.a{color:red}}", "@layer"),
        ("@media (width>=600px){.a{color:red}}", "ranges"),
        (".a:focus,.a:focus-visible{outline:0}", ":focus-visible among others"),
        (".a{color:red;&:hover{color:blue}}", "nesting"),
        ("@media print{.b{display:flex;column-gap:1px}}", "column-gap (84)"),
    ],
)
def test_sheets_that_old_phones_break_on_are_found(tmp_path: Path, sheet: str, said: str) -> None:
    [found] = old(tmp_path, "a.css", sheet)

    assert said in found


@pytest.mark.parametrize(
    "sheet",
    [
        ".a{display:grid;gap:8px}/* inset:0 :is( */.b::after{content:':is(a){gap:1px}'}",
        ".a{height:100vh;height:100dvh;width:90%;width:min(10px,90%)}",
        ".a{aspect-ratio:4/3;min-height:100px}.b{-webkit-appearance:none;appearance:none}",
        ".a{--gap:8px;position:absolute;top:0;right:0;margin-inline-start:1px}",
        ":focus-visible{outline:1px}@media (prefers-color-scheme:dark){.a{color:#fff8}}",
        "@supports (gap:1px){.a{color:red}}.c{padding-bottom:env(safe-area-inset-bottom)}",
    ],
)
def test_sheets_that_old_phones_show_are_left_alone(tmp_path: Path, sheet: str) -> None:
    assert old(tmp_path, "a.css", sheet) == []


def test_what_one_file_brings_along_serves_all(tmp_path: Path) -> None:
    (tmp_path / "b.js").write_text("queueMicrotask(a)")

    assert old(tmp_path, "a.js", "window.queueMicrotask = (a) => Promise.resolve().then(a)") == []


def test_a_check_that_found_nothing_to_look_at_has_failed(tmp_path: Path) -> None:
    done = subprocess.run([NODE, CHECK, tmp_path], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "nothing built" in done.stdout
