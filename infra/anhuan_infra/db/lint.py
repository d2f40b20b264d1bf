"""The catalogue lint: what PostgreSQL itself says about isolation, read after every migration and by `anhuan doctor`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

import psycopg
from psycopg.rows import tuple_row

from anhuan_infra.db import storage
from anhuan_infra.db.rls import WRITTEN_BLIND
from anhuan_infra.settings import APP_ROLE, CLOCK_ROLE

WITHOUT_TENANT = frozenset({"alembic_version", "sign_in_names"})
"""Reviewed tables without a tenant column: the migration's mark, and the directory whose rows need their exact key."""


@dataclass(frozen=True)
class Finding:
    """One broken rule and the object that breaks it."""

    rule: str
    thing: str


_TABLES: LiteralString = """
select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'p')
"""

_RULES: dict[str, LiteralString] = {
    "row-level security is enabled and forced": f"""
        select relname::text from pg_class where oid in (select ('public.' || quote_ident(t.relname))::regclass from ({_TABLES}) t)
        and relname <> 'alembic_version' and not (relrowsecurity and relforcerowsecurity)""",
    "a tenant table has a permissive tenant policy for all verbs with USING and WITH CHECK": """
        select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
        join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public' where c.relkind in ('r', 'p')
        and not exists (select 1 from pg_policies p where p.tablename = c.relname and p.policyname = 'tenant'
          and p.cmd = 'ALL' and p.permissive = 'PERMISSIVE' and p.qual is not null and p.with_check is not null)""",
    "who may not see a parent adds no row to it": """
        select s.tablename::text from pg_policies s where s.schemaname = 'public' and s.policyname = 'scope' and s.qual ~ 'EXISTS'
        and exists (select 1 from pg_policies t where t.schemaname = 'public' and t.tablename = s.tablename
          and t.policyname = 'tenant' and has_table_privilege(t.roles[1], 'public.' || quote_ident(t.tablename), 'INSERT'))
        and not exists (select 1 from pg_policies a where a.schemaname = 'public' and a.tablename = s.tablename
          and a.cmd = 'INSERT' and a.permissive = 'RESTRICTIVE' and a.with_check ~ 'EXISTS' and a.roles @> s.roles)""",
    "a policy compares no column with itself": r"""
        select tablename || '.' || policyname from pg_policies where schemaname = 'public'
        and coalesce(qual, '') || coalesce(with_check, '') ~ '\m(\w+\.\w+) = \1\M'""",
    "policies read settings once per statement (InitPlan form)": """
        select tablename || '.' || policyname from pg_policies where schemaname = 'public'
        and coalesce(qual, '') || coalesce(with_check, '') ~ 'current_setting'
        and regexp_replace(coalesce(qual, '') || coalesce(with_check, ''), '\\( *SELECT [^;]*?current_setting\\([^)]*\\)', '', 'g')
            ~ 'current_setting'""",
    "no policy is open to PUBLIC": """
        select tablename || '.' || policyname from pg_policies where schemaname = 'public' and 'public' = any (roles)""",
    "a policy without a condition is for the scheduler only": f"""
        select tablename || '.' || policyname from pg_policies where schemaname = 'public' and cmd <> 'INSERT'
        and qual ~* '^\\(?( SELECT true.*|true)\\)?$' and roles <> array['{CLOCK_ROLE}'::name]""",
    "a foreign key between tenant tables carries the tenant first": """
        select con.conname::text from pg_constraint con
        join pg_attribute s on s.attrelid = con.conrelid and s.attnum = con.conkey[1]
        join pg_attribute t on t.attrelid = con.confrelid and t.attnum = con.confkey[1]
        where con.contype = 'f' and con.connamespace = 'public'::regnamespace
        and (s.attname <> 'tenant_id' or (t.attname <> 'tenant_id' and con.confrelid <> 'companies'::regclass))""",
    "nothing cascades between tenant tables": """
        select conname::text from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
        and (confdeltype = 'c' or confupdtype = 'c')""",
    "a unique index starts with the tenant": """
        select i.relname::text from pg_index x join pg_class i on i.oid = x.indexrelid
        join pg_class t on t.oid = x.indrelid join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
        join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
        where x.indisunique and exists (select 1 from pg_attribute b where b.attrelid = t.oid and b.attname = 'tenant_id')
        and a.attname <> 'tenant_id'""",
    "a policy compares columns with operators that leak nothing, or no index serves it": r"""
        select distinct c.relname || '.' || p.polname || ': ' || f.proname from pg_policy p
        join pg_class c on c.oid = p.polrelid and c.relnamespace = 'public'::regnamespace
        cross join lateral regexp_matches(coalesce(p.polqual::text, '') || coalesce(p.polwithcheck::text, ''),
          'OPEXPR :opno \d+ :opfuncid (\d+)[^{]*:args \(\{(RELABELTYPE :arg \{)?(\w+)', 'g') found (words)
        join pg_proc f on f.oid = found.words[1]::oid
        where not f.proleakproof and (found.words[3] = 'VAR' or f.proname <> 'textlike')""",
    "an index is of types whose comparison leaks nothing, or row-level security keeps readers from it": """
        select distinct i.relname::text from pg_index x join pg_class i on i.oid = x.indexrelid
        join pg_class t on t.oid = x.indrelid and t.relnamespace = 'public'::regnamespace and t.relrowsecurity
        cross join lateral unnest(x.indclass::oid[]) class (oid) join pg_opclass o on o.oid = class.oid
        join pg_amop a on a.amopfamily = o.opcfamily and a.amoplefttype = o.opcintype and a.amoprighttype = o.opcintype
        join pg_operator op on op.oid = a.amopopr join pg_proc f on f.oid = op.oprcode
        where a.amoppurpose = 's' and not f.proleakproof""",
    "no materialized view": """
        select relname::text from pg_class where relkind = 'm' and relnamespace = 'public'::regnamespace""",
    "a view runs as its caller": """
        select relname::text from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace
        and not coalesce(reloptions::text ~ 'security_invoker=(true|on)', false)""",
    "no function runs as its owner": """
        select p.proname::text from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace""",
    "our roles own nothing, bypass nothing and belong to nothing": f"""
        select r.rolname::text from pg_roles r where r.rolname in ('{APP_ROLE}', '{CLOCK_ROLE}') and (
          r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb
          or exists (select 1 from pg_class c where c.relowner = r.oid)
          or exists (select 1 from pg_auth_members m where m.member = r.oid))""",
    "our roles may not truncate, reference or trigger": f"""
        select grantee || ' on ' || table_name from information_schema.role_table_grants
        where grantee in ('{APP_ROLE}', '{CLOCK_ROLE}', 'PUBLIC') and table_schema = 'public'
        and privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER')""",
}

_REVIEWED = {
    "who may not see a parent adds no row to it": WRITTEN_BLIND,
    "a policy compares columns with operators that leak nothing, or no index serves it": frozenset(
        {"saved_views.scope: arrayoverlap"}  # a company has a few dozen, found by their tenant
    ),
    "an index is of types whose comparison leaks nothing, or row-level security keeps readers from it": storage.BEHIND_SECURITY,
}


def check(connection: psycopg.Connection[tuple[str]]) -> list[Finding]:
    """Every broken rule; an empty list is a clean catalogue. Takes well under a second."""
    found = [
        Finding("every table carries the tenant or is on the reviewed list", name)
        for (name,) in connection.execute(
            f"select t.relname from ({_TABLES}) t where not exists (select 1 from pg_attribute a"
            " where a.attrelid = ('public.' || quote_ident(t.relname))::regclass and a.attname = 'tenant_id')"
        )
        if name not in WITHOUT_TENANT
    ]
    for rule, query in _RULES.items():
        reviewed = _REVIEWED.get(rule, frozenset())
        found += [Finding(rule, name) for (name,) in connection.execute(query) if name not in reviewed]
    found += [
        Finding("tables and indexes are kept as declared", f"{name}: {', '.join(lacking)}")
        for name, _, lacking in storage.missing(connection)
    ]
    return found


_KEYS: LiteralString = """
select array(
  select a.attname::text from unnest(x.indkey::int2[]) with ordinality key (no, place)
  join pg_attribute a on a.attrelid = x.indrelid and a.attnum = key.no where key.place <= x.indnkeyatts order by key.place)
from pg_index x where x.indrelid = ('public.' || quote_ident(%s))::regclass and x.indpred is null
"""


def is_in_order(connection: psycopg.Connection[tuple[str]], table: str, columns: Sequence[str]) -> bool:
    """Whether some index of the table gives a company's rows in the order of these columns, all of them or those that one or two columns
    before name; a page of a list without such an index reads and sorts the whole company."""
    wanted = list(columns)
    for (keys,) in connection.cursor(row_factory=tuple_row).execute(_KEYS, [table]):
        narrowed = next((n for n in (1, 2, 3) if keys[n : n + len(wanted)] == wanted), None)
        if keys[:1] == ["tenant_id"] and narrowed is not None:
            return True
    return False
