"""Row-level security: what each table lets through, declared beside its model and turned into SQL here only.

A table has a permissive policy `tenant` (all verbs) and, where sight inside the company is limited, a restrictive policy `scope`
(select, and so also which rows an update or delete can reach). Where that sight goes through a parent, a restrictive policy `adding`
asks for the parent of every new row: who may not see a case adds nothing to it. Where fewer may change a row than see it, restrictive
policies `changing` and `removing` say who. Everything reads transaction-local settings in the InitPlan form
`(select current_setting(...))`, which PostgreSQL evaluates once per statement and not once per row. A missing setting shows nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import MetaData

from anhuan_infra.settings import APP_ROLE, CLOCK_ROLE

TENANT = "tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)"
PERSON = "(select nullif(current_setting('app.person_id', true), '')::uuid)"

ALL_VERBS = "select, insert, update, delete"
APPEND_ONLY = "select, insert"
WRITTEN_BLIND = frozenset({"record_entries", "record_personal"})
"""Reviewed tables whose sight goes through a parent and to which anybody adds: every act is recorded, whoever may read the record."""
_THIS = "this."
"""Stands for the table in a declaration: without it PostgreSQL would take a column that the parent has as well for the parent's."""
_THROUGH = re.compile(r"exists \(select 1 from \w+ p where .*? and p\.id = this\.\w+\)")


@dataclass(frozen=True)
class Rls:
    """What one table lets through: `scope` is SQL over the row; `verbs` what API and worker may do; `clock` what the scheduler may.

    `insert` is SQL over a new row; by default that its parent is seen, where the scope goes `through` one. `change` is SQL over a row
    that is changed or removed, as it was and as it becomes.
    """

    scope: str | None = None
    verbs: str = ALL_VERBS
    clock: str | None = None
    tenant: str = TENANT
    insert: str | None = None
    change: str | None = None

    def adding(self) -> str | None:
        """What a new row must fulfil besides its tenant."""
        found = _THROUGH.search(self.scope or "")
        return self.insert or (found[0] if found else None)


def sees(
    resource: str, *, unit: str = "unit_no", owner: str = "", party: str = "", assigned: str = ""
) -> str:
    """The compiled policy of a resource as a row predicate: anywhere, by unit, own, by party, or assigned (an SQL condition)."""
    words = f"(select current_setting('app.see_{resource}', true))"
    arms = [f"(select current_setting('app.see_{resource}', true) like '%all%')"]
    if unit:
        arms.append(
            f"{unit} = any ((select nullif(current_setting('app.units_{resource}', true), '')::int[])::int[])"
        )
    if owner:
        arms.append(f"((select {words} like '%own%') and {owner} = {PERSON})")
    if party:
        arms.append(
            f"{party} = any ((select nullif(current_setting('app.parties_{resource}', true), '')::uuid[])::uuid[])"
        )
    if assigned:
        arms.append(f"((select {words} like '%assigned%') and {assigned})")
    return " or ".join(arms)


def through(parent: str, column: str) -> str:
    """A child row is seen exactly when its parent is, because the parent's own policies apply inside."""
    return f"exists (select 1 from {parent} p where p.{TENANT} and p.id = {_THIS}{column})"


def statements(table: str, rls: Rls) -> list[str]:
    """The SQL that puts one table under its policies, in order."""
    sql = [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy tenant on {table} as permissive for all to {APP_ROLE} using ({rls.tenant}) with check ({rls.tenant})",
        f"revoke all on {table} from public",
        f"grant {rls.verbs} on {table} to {APP_ROLE}",
    ]
    if rls.scope:
        sql.append(
            f"create policy scope on {table} as restrictive for select to {APP_ROLE} using ({rls.scope})"
        )
    adding = rls.adding() if "insert" in rls.verbs and table not in WRITTEN_BLIND else None
    if adding:
        sql.append(
            f"create policy adding on {table} as restrictive for insert to {APP_ROLE} with check ({adding})"
        )
    if rls.change:
        sql += [
            f"create policy changing on {table} as restrictive for update to {APP_ROLE} using ({rls.change}) with check ({rls.change})",
            f"create policy removing on {table} as restrictive for delete to {APP_ROLE} using ({rls.change})",
        ]
    if rls.clock:
        everything = "(select true)"
        sql.append(
            f"create policy clock on {table} as permissive for all to {CLOCK_ROLE} using ({everything}) with check ({everything})"
        )
        sql.append(f"grant {rls.clock} on {table} to {CLOCK_ROLE}")
    return [statement.replace(_THIS, f"{table}.") for statement in sql]


def declared(metadata: MetaData) -> Iterable[tuple[str, Rls]]:
    """Every table with its declaration, parents first; a table without one is refused, never left open."""
    for table in metadata.sorted_tables:
        rls = table.info.get("rls")
        if not isinstance(rls, Rls):
            raise TypeError(f"table {table.name} declares no row-level security")
        yield table.name, rls
