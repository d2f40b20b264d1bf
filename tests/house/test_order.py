"""Order in the house: what every room keeps, so that the next one who comes in finds things where they belong."""

import importlib
import pkgutil
import re
import subprocess
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import anhuan_graphql
import anhuan_infra
import anhuan_platform
import anhuan_portal
import anhuan_tenants
from anhuan_graphql import tables
from anhuan_infra.db import rls
from anhuan_infra.errors import BadInput, Forbidden, Refused
from anhuan_infra.ids import new_id
from anhuan_infra.jobs import registry
from anhuan_infra.work import Actor, Place
from anhuan_platform.loops.service.opening import SHIPPED as LOOPS
from anhuan_tenants.access.acts import Act
from anhuan_tenants.access.compiler import compile_access
from anhuan_tenants.access.policy import Tree
from anhuan_tenants.access.roles import SHIPPED as ROLES

ROOT = Path(__file__).resolve().parents[2]
WINGS: tuple[ModuleType, ...] = (anhuan_infra, anhuan_tenants, anhuan_platform, anhuan_portal, anhuan_graphql)
CELLS = {"anhuan_infra.evidence.cell", "anhuan_graphql.worker", "anhuan_graphql.scheduler"}
"""Programs, not modules: importing them would start them."""


def _tracked(*endings: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    names = [name for name in listed.stdout.split("\0") if name]
    return [ROOT / name for name in names if name.endswith(endings) and (ROOT / name).is_file()]


def _modules() -> Iterator[ModuleType]:
    for wing in WINGS:
        for found in pkgutil.walk_packages(wing.__path__, wing.__name__ + "."):
            if found.name not in CELLS and not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


@pytest.fixture(scope="module")
def modules() -> list[ModuleType]:
    return list(_modules())


def _kinds(of: type[Refused]) -> Iterator[type[Refused]]:
    for kind in of.__subclasses__():
        yield kind
        yield from _kinds(kind)


def test_no_file_answers_more_than_one_question() -> None:
    long = {
        str(p.relative_to(ROOT)): n for p in _tracked(".py") if (n := len(p.read_text().splitlines())) > 400
    }

    assert long == {}


def test_no_folder_hides_a_module_of_others() -> None:
    hiding = [ROOT / "platform" / "__init__.py", ROOT / "graphql" / "__init__.py"]
    hiding += list((ROOT / "tests").rglob("__init__.py"))

    assert [path for path in hiding if path.exists()] == []


def test_every_module_says_what_it_answers(modules: list[ModuleType]) -> None:
    assert [module.__name__ for module in modules if not (module.__doc__ or "").strip()] == []


def test_every_refusal_speaks_both_languages_under_a_code_of_its_own(modules: list[ModuleType]) -> None:
    assert modules
    codes: dict[str, set[str]] = defaultdict(set)
    for kind in _kinds(Refused):
        if not kind.__module__.startswith("anhuan_"):
            continue
        assert kind.__doc__, kind
        assert re.search("[\u4e00-\u9fff]", kind.zh), kind
        if not issubclass(kind, BadInput) or kind is BadInput:
            codes[kind.code].add(kind.__name__)

    shared = {code for code, names in codes.items() if len(names) > 1}
    assert shared <= {"CODE_TAKEN", "CONFLICT", "TRY_AGAIN"}  # one thing, wherever it is met
    assert all(re.fullmatch("[A-Z][A-Z0-9_]+", code) for code in codes)


def test_every_job_that_is_put_off_by_name_exists(modules: list[ModuleType]) -> None:
    assert modules
    named = {
        name
        for path in _tracked(".py")
        if "tests" not in path.relative_to(ROOT).parts
        for name in re.findall(r'put_off\(\s*"([a-z_.]+)"', path.read_text())
    }

    assert len(named) >= 10
    assert named - registry.known() == set()


def test_every_table_is_known_and_declares_what_it_lets_through(modules: list[ModuleType]) -> None:
    declared = dict(rls.declared(tables.metadata))
    with_tables = {module.__name__ for module in modules if module.__name__.endswith(("models", "requests"))}
    known = {room.__name__ for room in tables.ROOMS}

    assert len(declared) >= 40
    assert {
        name for name in with_tables if hasattr(importlib.import_module(name), "TenantRow")
    } - known == set()


def test_every_act_is_granted_to_somebody_and_asked_somewhere() -> None:
    granted = {act for role in ROLES.values() for act, _ in role.clauses}
    text = "\n".join(
        path.read_text()
        for path in _tracked(".py")
        if "tests" not in path.relative_to(ROOT).parts and path.name != "acts.py"
    )
    in_loops = {step.act for loop in LOOPS for step in loop.steps}
    asked = {
        act
        for act in Act
        if act.value in in_loops or re.search(rf'\(\s*"{re.escape(act)}"|Act\.{act.name}\b', text)
    }

    assert set(Act) - granted == set()
    assert set(Act) - asked == set()


@pytest.mark.parametrize("act", list(Act))
def test_every_act_is_refused_without_a_grant(act: Act) -> None:
    nobody = compile_access((), ROLES, Tree({1: "u1"}), new_id())
    actor = Actor(tenant_id=new_id(), person_id=nobody.person_id, name="lin", access=nobody)

    assert actor.access.allows(act, None) is False
    assert actor.access.allows(act, Place(unit_no=1, owner_id=nobody.person_id)) is False
    assert Forbidden(act=act).code == "FORBIDDEN"


def test_nothing_is_left_unfinished() -> None:
    foreign = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError|lorem ipsum|敬请期待|暂未实现")
    own = Path(__file__)
    found = {
        f"{path.relative_to(ROOT)}:{number}"
        for path in _tracked(".py", ".md", ".toml", ".sh", ".yml", ".yaml", ".sql", "Makefile")
        if path != own
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if foreign.search(line)
    }

    assert found == set()


def test_every_room_stands_in_the_contract_of_arrows() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    listed = {room for contract in contracts for room in contract.get("containers", [])}
    rooms = {
        f"anhuan_{wing}.{room.name}"
        for wing in ("infra", "tenants", "platform", "portal")
        for room in (ROOT / wing / f"anhuan_{wing}").iterdir()
        if room.is_dir() and (room / "models.py").exists()
    }

    assert len(rooms) >= 14
    assert rooms - listed == set()
