"""The data of the measurement: companies founded as the product founds them, their hazards written set-wise, all of them mixed in time."""

import json
import time
from dataclasses import asdict
from uuid import UUID

import psycopg
from psycopg import sql

from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Settings
from anhuan_platform.loops.service import opening
from tests.bench.reads import rows
from tests.bench.reads.people import appoint
from tests.bench.reads.place import Place
from tests.bench.reads.shape import (
    TEAMS_OF_A_WORKSHOP,
    WORKSHOPS_OF_A_BRANCH,
    Founded,
    Size,
    branches,
    teams,
    workshops,
)
from tests.support.people import Company, a_company

PEOPLE_OF_A_COMPANY = 130
MARK = "founded.json"
VERSION = 2
"""Raised when the data changes, so that kept data is made anew."""


async def founded(place: Place, sessions: Sessions, settings: Settings, size: Size) -> Founded:
    """The data, made unless an earlier run has left it."""
    mark = place.home / MARK
    if mark.exists():
        kept = json.loads(mark.read_text())
        if kept.pop("version") == VERSION:
            askers = [(UUID(tenant), UUID(person), level) for tenant, person, level in kept["askers"]]
            return Founded([UUID(one) for one in kept["companies"]], askers)
        raise SystemExit(f"the data in {place.home} is of another version: remove the folder")
    return await _found(place, sessions, settings, size)


async def _found(place: Place, sessions: Sessions, settings: Settings, size: Size) -> Founded:
    began = time.perf_counter()
    companies = [
        await a_company(sessions, settings, after=(opening.install_library,), name=f"第{no + 1}机械集团")
        for no in range(size.companies)
    ]
    ids = [company.id for company in companies]
    with psycopg.connect(place.superuser_url, autocommit=True) as owner:
        # As at a restore: whole rows of known origin, so that nothing is asked of each row again.
        owner.execute("set session_replication_role = replica")
        for company in companies:
            _units(owner, company)
    askers = await appoint(companies)
    with psycopg.connect(place.superuser_url, autocommit=True) as owner:
        owner.execute("set session_replication_role = replica")
        counts = [size.largest, *[size.usual] * (size.companies - 1)]
        rows.write(owner, ids, counts, teams(), PEOPLE_OF_A_COMPANY)
        owner.execute("vacuum (analyze)")
    made = Founded(ids, askers)
    kept = {"version": VERSION, **asdict(made)}
    (place.home / MARK).write_text(json.dumps(kept, default=str))
    print(
        f"{size.hazards:,} hazards of {size.companies} companies written in {time.perf_counter() - began:.0f} s"
    )
    return made


def _units(owner: "psycopg.Connection[tuple[object, ...]]", company: Company) -> None:
    """Five branches of four workshops of three teams."""
    above = dict.fromkeys(branches(), 1)
    above |= {no: branches()[place // WORKSHOPS_OF_A_BRANCH] for place, no in enumerate(workshops())}
    above |= {no: workshops()[place // TEAMS_OF_A_WORKSHOP] for place, no in enumerate(teams())}
    kinds = {
        **dict.fromkeys(branches(), "branch"),
        **dict.fromkeys(workshops(), "workshop"),
        **dict.fromkeys(teams(), "team"),
    }
    for no, parent in above.items():
        owner.execute(
            sql.SQL(
                "insert into units (tenant_id, id, no, code, name, name_sort, kind, parent_id, path)"
                " select tenant_id, uuidv7(), %(no)s, 'u' || %(no)s, %(name)s, %(name)s, %(kind)s, id, path || %(label)s"
                " from units where tenant_id = %(tenant)s and no = %(parent)s"
            ),
            {
                "no": no,
                "name": f"单位{no}",
                "kind": kinds[no],
                "label": f"u{no}",
                "tenant": company.id,
                "parent": parent,
            },
        )
    owner.execute(
        "update companies set next_unit_no = %s, policy_version = policy_version + 1 where tenant_id = %s",
        [teams()[-1] + 1, company.id],
    )
