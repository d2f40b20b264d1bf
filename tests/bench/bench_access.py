"""What deciding costs: Casbin row by row against the compiled policy, CPU time for 10,000 rows.

Run it with `python -m tests.bench.bench_access`. Casbin is measured twice: as loaded for one person with
the roles that reach them, and at its very best, with nothing loaded but the clauses of the act that is asked.
"""

import sys
import time
from collections.abc import Callable
from random import Random

from anhuan_infra.ids import new_id
from anhuan_infra.work import Place
from anhuan_tenants.access import roles
from anhuan_tenants.access.acts import Act
from anhuan_tenants.access.compiler import compile_access
from anhuan_tenants.access.enforcer import Enforcer
from anhuan_tenants.access.policy import Grant, Role, Tree

ROWS = 10_000
SAMPLE = 500
"""Casbin is asked about this many rows and the time multiplied, or the benchmark would take minutes."""
NEEDED = 500
ACT = Act.CASE_READ
HELD = ("worker", "team_leader", "workshop_safety_officer")


def main() -> int:
    """Print the three costs and both ratios; 1 when the smaller ratio misses what was promised."""
    random = Random(1)
    tree = _tree(random)
    person, others = new_id(), [new_id() for _ in range(650)]
    grants = [Grant(person, role, random.choice(list(tree.paths))) for role in HELD]
    rows = [
        Place(
            unit_no=random.choice(list(tree.paths)),
            owner_id=random.choice([person, *others]),
            people=frozenset(random.sample(others, 2)),
        )
        for _ in range(ROWS)
    ]
    held = [roles.SHIPPED[code] for code in HELD]
    only = [Role(r.code, r.zh, r.en, frozenset(c for c in r.clauses if c[0] is ACT)) for r in held]
    as_loaded, at_best = (Enforcer(some, tree, grants, (), {}, {}) for some in (held, only))
    compiled = compile_access(grants, roles.SHIPPED, tree, person)
    assert all(compiled.allows(ACT, row) is at_best.enforce(person, ACT, row) for row in rows[:SAMPLE])

    loaded = _seconds(lambda: [as_loaded.enforce(person, ACT, row) for row in rows[:SAMPLE]]) * ROWS / SAMPLE
    best = _seconds(lambda: [at_best.enforce(person, ACT, row) for row in rows[:SAMPLE]]) * ROWS / SAMPLE
    ours = min(_seconds(lambda: [compiled.allows(ACT, row) for row in rows]) for _ in range(5))
    compiling = _seconds(lambda: compile_access(grants, roles.SHIPPED, tree, person))

    print(f"casbin, {len(HELD)} roles loaded   {loaded:9.3f} s CPU for {ROWS} rows")
    print(f"casbin, one act loaded   {best:9.3f} s CPU for {ROWS} rows")
    print(f"compiled                 {ours:9.5f} s CPU for {ROWS} rows ({ours / ROWS * 1e6:.2f} us a row)")
    print(f"compiling a person       {compiling * 1000:9.3f} ms CPU, {len(tree.paths)} units")
    print(
        f"ratio                    {loaded / ours:9.0f} as loaded, {best / ours:.0f} at casbin's best (at least {NEEDED})"
    )
    return 0 if best / ours >= NEEDED else 1


def _tree(random: Random) -> Tree:
    paths = {1: "u1"}
    for no in range(2, 201):
        paths[no] = f"{random.choice(list(paths.values()))}.u{no}"
    return Tree(paths)


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
