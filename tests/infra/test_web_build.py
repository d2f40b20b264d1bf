"""Building the web app: once for what has changed, never for what has not, loudly when it fails; no wheel without it."""

import importlib.util
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.support.database import ROOT

MAKES = """
made = pathlib.Path('../anhuan_portal/web')
for page in ('field', 'portal', 'console'):
    (made / page).mkdir(parents=True, exist_ok=True)
    (made / page / 'index.html').write_text('<!doctype html>')
(made / 'documents.json').write_text('{}')
pathlib.Path('packages/wire/src/gql.ts').write_text('generated')
"""
BEGIN = f"#!{sys.executable}\nimport pathlib, sys, time\nwith open('../../calls', 'a') as calls: calls.write(sys.argv[-1] + ' ')\n"

CHANGES: dict[str, Callable[[Any], object]] = {
    "changed": lambda web: (web.SOURCES / "packages/wire/src/ask.ts").write_text("export const ask = 2;"),
    "added": lambda web: (web.SOURCES / "packages/wire/src/new.ts").write_text(""),
    "removed": lambda web: (web.SOURCES / "packages/wire/src/ask.ts").unlink(),
    "schema": lambda web: web.SCHEMA.write_text("type Query { you: String }"),
    "damaged": lambda web: (web.OUTPUT / "documents.json").write_text('{"a": "cut sh'),
    "half": lambda web: (web.OUTPUT / "console" / "index.html").unlink(),
    "gone": lambda web: shutil.rmtree(web.OUTPUT),
    "stamp": lambda web: web.STAMP.write_text("{cut sh"),
}


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, over a small project of the test's own whose npm is a program of the test's."""
    spec = importlib.util.spec_from_file_location("web", ROOT / "infra" / "web.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("SOURCES", "SCHEMA", "OUTPUT", "TOOLS", "LOGS", "STAMP"):
        monkeypatch.setattr(module, name, tmp_path / getattr(module, name).relative_to(ROOT))
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "__file__", str(tmp_path / "web.py"))
    wire = module.SOURCES / "packages" / "wire" / "src"
    for folder in (wire, module.SOURCES / "node_modules", module.TOOLS, module.SCHEMA.parent):
        folder.mkdir(parents=True)
    (wire / "ask.ts").write_text("export const ask = 1;")
    (tmp_path / "web.py").write_text("")
    module.SCHEMA.write_text("type Query { me: String }")
    packages = {
        "": {},
        "node_modules/vite": {"version": "8.3.8"},
        "node_modules/mac-only": {"version": "1.0.0", "optional": True},
        "packages/wire": {"version": "0.0.0"},
    }
    (module.SOURCES / "package-lock.json").write_text(json.dumps({"packages": packages}))
    _installed(module, "8.3.8")
    program = tmp_path / "npm"

    def npm(*arguments: str) -> list[str]:
        return [str(program), *arguments]

    monkeypatch.setattr(module, "npm", npm)
    _npm(tmp_path, MAKES)
    return module


def _npm(folder: Path, does: str) -> None:
    (folder / "npm").write_text(BEGIN + does)
    (folder / "npm").chmod(0o755)


def _installed(web: ModuleType, version: str) -> None:
    told = {"packages": {"node_modules/vite": {"version": version}}}
    (web.SOURCES / "node_modules" / ".package-lock.json").write_text(json.dumps(told))


def _calls(web: ModuleType) -> list[str]:
    file = web.ROOT / "calls"
    found = file.read_text().split() if file.exists() else []
    file.unlink(missing_ok=True)
    return found


def test_it_is_built_once(web: ModuleType) -> None:
    web.build()
    first = _calls(web)
    web.build()

    assert (first, _calls(web)) == (["build"], [])


@pytest.mark.parametrize("change", CHANGES)
def test_it_is_built_again_when_anything_differs(web: ModuleType, change: str) -> None:
    web.build()
    _calls(web)
    CHANGES[change](web)
    web.build()

    assert _calls(web) == ["build"]
    assert web.is_fresh()


def test_what_is_installed_or_generated_is_not_a_source(web: ModuleType) -> None:
    web.build()
    (web.SOURCES / "packages/wire/src/gql.ts").write_text("generated anew")
    (web.SOURCES / "node_modules" / "cache").write_text("x")

    assert web.is_fresh()


@pytest.mark.parametrize(("version", "calls"), [("8.3.8", []), ("8.3.7", ["--prefer-offline"])])
def test_packages_follow_the_lock(web: ModuleType, version: str, calls: list[str]) -> None:
    _installed(web, version)
    web.packages()

    assert _calls(web) == calls


def test_a_failed_build_shows_its_end_and_is_tried_again(
    web: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    web.build()
    (web.SOURCES / "packages/wire/src/ask.ts").write_text("export const ask = ;")
    _npm(web.ROOT, "print('ask.ts: expression expected'); sys.exit(3)")
    with pytest.raises(SystemExit) as ended:
        web.build()

    assert "ask.ts: expression expected" in capsys.readouterr().out
    assert "3" in str(ended.value.code)
    assert not web.is_fresh()


def test_a_build_that_makes_half_of_it_has_failed(web: ModuleType) -> None:
    _npm(web.ROOT, MAKES + "\n(made / 'console' / 'index.html').unlink()")
    with pytest.raises(SystemExit, match="console"):
        web.build()

    assert not web.is_fresh()


def test_a_long_build_says_that_it_goes_on(
    web: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(web, "HEARTBEAT", 0.2)
    _npm(web.ROOT, "time.sleep(0.7)\n" + MAKES)
    web.build()

    assert capsys.readouterr().out.count("… building") >= 2


def test_node_and_npm_come_out_of_the_environment(web: ModuleType) -> None:
    env = web.environment()
    for name, said in (("node", "v24."), ("npm", "11.")):
        program = shutil.which(name, path=env["PATH"])
        assert program is not None
        assert Path(program) == web.TOOLS / "node" / name
        done = subprocess.run([program, "--version"], env=env, capture_output=True, text=True, check=True)
        assert done.stdout.startswith(said)


def test_documents_of_earlier_releases_are_laid_where_the_wheel_takes_them_from(
    web: ModuleType, tmp_path: Path
) -> None:
    script = ROOT / "portal" / "web" / "build" / "released.mjs"
    kept, output = tmp_path / "web", tmp_path / "made" / "web"
    call = f"import({json.dumps(str(script))}).then((it) => it.layReleased({json.dumps(str(kept))}, {json.dumps(str(output))}))"
    kept.mkdir()

    for text in ('{"1": "query Old { me { language } }"}', '{"1": "…", "2": "…"}', None):
        if text is None:
            (kept / "released-documents.json").unlink()
        else:
            (kept / "released-documents.json").write_text(text)
        subprocess.run([web.programs() / "node", "-e", call], env=web.environment(), check=True)
        laid = output / "released-documents.json"
        assert (laid.read_text() if laid.exists() else None) == text


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """As much of the project as hatchling looks at."""
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore", "infra/wheel.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    for wing in ("infra", "tenants", "platform", "portal", "graphql"):
        (tmp_path / wing / f"anhuan_{wing}").mkdir(parents=True)
        (tmp_path / wing / f"anhuan_{wing}" / "__init__.py").write_text('"""A wing."""\n')
    return tmp_path


def _hatch(project: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "out"]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)


def test_a_wheel_holds_the_web_app(project: Path) -> None:
    made = project / "portal" / "anhuan_portal" / "web"
    files = [
        "documents.json",
        "released-documents.json",
        "field/index.html",
        "portal/index.html",
        "console/assets/a.js.br",
        "console/index.html",
    ]
    for name in files:
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text("{}")
    done = _hatch(project)
    assert done.returncode == 0, done.stdout + done.stderr

    with zipfile.ZipFile(next((project / "out").glob("*.whl"))) as wheel:
        assert {f"anhuan_portal/web/{name}" for name in files} <= set(wheel.namelist())


def test_a_wheel_without_the_web_app_is_refused(project: Path) -> None:
    done = _hatch(project)

    assert done.returncode != 0
    assert "make web" in done.stdout + done.stderr
