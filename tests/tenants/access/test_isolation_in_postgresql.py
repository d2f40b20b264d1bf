"""No company reaches another's rows, in any table, by any verb: asked of PostgreSQL itself, for every table that there is."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

import pytest
from sqlalchemy import Connection, Insert, Table, UpdateBase, create_engine, func, select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from anhuan_infra.db.lint import WITHOUT_TENANT
from anhuan_infra.db.rls import Rls
from anhuan_infra.ids import new_id
from anhuan_infra.settings import APP_ROLE
from anhuan_infra.work import Everything
from tests.tenants.access import rows
from tests.tenants.access.rows import TABLES, Row

A, B = new_id(), new_id()
Rows = dict[UUID, dict[str, Row]]

_SETTINGS = [
    "app.tenant_id",
    "app.person_id",
    *(f"app.{kind}_{resource}" for resource in Everything.resources for kind in ("see", "units", "parties")),
]


@pytest.fixture(scope="module")
def owner(env: dict[str, str]) -> Iterator[Connection]:
    """The owner's connection in one transaction that is rolled back: in it the owner may write any row, and become the app's role."""
    engine = create_engine(env["ANHUAN_DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.connect() as connection:
        connection.execute(text(f"grant {APP_ROLE} to current_user with set true"))
        for name in TABLES:
            connection.execute(text(f"alter table {name} no force row level security"))
        yield connection
        connection.rollback()
    engine.dispose()


@pytest.fixture(scope="module")
def filled(owner: Connection) -> Rows:
    """The rows of A and of B by table."""
    return {tenant: rows.fill(owner, tenant) for tenant in (A, B)}


@contextmanager
def undone(owner: Connection) -> Iterator[None]:
    """What happens inside has not happened afterwards, a change of role included."""
    point = owner.begin_nested()
    try:
        yield
    finally:
        point.rollback()


def enter(owner: Connection, context: Mapping[str, str]) -> None:
    """Be the app's own role from here on, with this context and no other."""
    for name in _SETTINGS:
        owner.execute(
            text("select set_config(:name, :value, true)"), {"name": name, "value": context.get(name, "")}
        )
    owner.execute(text(f"set local role {APP_ROLE}"))


def system_of(tenant: UUID) -> dict[str, str]:
    """The context that sees everything in one company."""
    return {"app.tenant_id": str(tenant), **Everything().settings()}


def seen(owner: Connection, table: Table, context: Mapping[str, str]) -> dict[UUID, int]:
    """How many rows of each company a context sees in a table."""
    with undone(owner):
        enter(owner, context)
        try:
            found = owner.execute(
                select(table.c.tenant_id, func.count())
                .where(table.c.tenant_id.in_([A, B]))
                .group_by(table.c.tenant_id)
            ).all()
        except ProgrammingError as error:
            # A table that the role may not read at all.
            if getattr(error.orig, "sqlstate", "") != "42501":
                raise
            return {}
    return dict(found)


def is_done(owner: Connection, context: Mapping[str, str], statement: UpdateBase) -> bool:
    """Whether the policies let the statement change a row; one that only a key stands in the way of has been let through."""
    with undone(owner):
        enter(owner, context)
        try:
            changed = owner.execute(statement).rowcount
        except IntegrityError:
            return True
        except ProgrammingError as error:
            if getattr(error.orig, "sqlstate", "") != "42501":
                raise
            return False
    # An insert raises or is done; its count is not always told.
    return isinstance(statement, Insert) or changed > 0


def may(table: Table, verb: str) -> bool:
    declared = table.info["rls"]
    assert isinstance(declared, Rls)
    return verb in declared.verbs


BLANK = {"app.tenant_id": "", "app.person_id": ""}
"""What a pooled connection answers after its last user."""


def test_every_table_is_tried_but_the_reviewed_one() -> None:
    assert {"alembic_version", "sign_in_names"} == WITHOUT_TENANT
    assert len(TABLES) >= 40
    assert all("tenant_id" in table.c for table in TABLES.values())


@pytest.mark.parametrize("name", TABLES)
def test_without_a_company_nothing_is_seen_and_nothing_is_written(
    owner: Connection, filled: Rows, name: str
) -> None:
    table = TABLES[name]
    mine = table.c.tenant_id == A

    assert seen(owner, table, BLANK) == {}
    assert not is_done(owner, BLANK, table.insert().values(rows.a_row(table, A, filled[A])))
    assert not is_done(owner, BLANK, table.update().where(mine).values(tenant_id=A))
    assert not is_done(owner, BLANK, table.delete().where(mine))


@pytest.mark.parametrize("name", TABLES)
def test_another_companys_rows_do_not_exist(owner: Connection, filled: Rows, name: str) -> None:
    table, context = TABLES[name], system_of(B)
    theirs = table.c.tenant_id == A

    assert A not in seen(owner, table, context)
    assert not is_done(owner, context, table.insert().values(rows.a_row(table, A, filled[A])))
    assert not is_done(owner, context, table.update().where(theirs).values(tenant_id=B))
    assert not is_done(owner, context, table.delete().where(theirs))
    # A row of one's own cannot be pushed over either.
    assert not is_done(owner, context, table.update().where(table.c.tenant_id == B).values(tenant_id=A))


@pytest.mark.parametrize("name", TABLES)
def test_ones_own_rows_are_there_and_take_the_verbs_that_are_granted(
    owner: Connection, filled: Rows, name: str
) -> None:
    table, context = TABLES[name], system_of(A)
    mine = table.c.tenant_id == A

    if may(table, "select"):
        assert seen(owner, table, context) == {A: 1}
    insert = table.insert().values(rows.a_row(table, A, filled[A]))
    assert is_done(owner, context, insert) is may(table, "insert")
    update = table.update().where(mine).values(tenant_id=A)
    assert is_done(owner, context, update) is (may(table, "update") and may(table, "select"))
    if not may(table, "delete"):
        assert not is_done(owner, context, table.delete().where(mine))


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if table.info["rls"].scope])
def test_inside_the_company_a_person_without_rights_sees_no_row_that_is_scoped(
    owner: Connection, filled: Rows, name: str
) -> None:
    stranger = {"app.tenant_id": str(A), "app.person_id": str(new_id())}

    assert seen(owner, TABLES[name], stranger) == {}


def test_no_foreign_key_reaches_into_another_company(owner: Connection, filled: Rows) -> None:
    tried = 0
    for table in TABLES.values():
        for key in rows.keys_of(table):
            target = filled[B][key.referred_table.name]
            foreign = {
                element.parent.name: target[element.column.name]
                for element in key.elements
                if element.parent.name != "tenant_id"
            }
            with undone(owner), pytest.raises(IntegrityError) as refusal:
                if foreign.keys() & {column.name for column in table.primary_key}:
                    owner.execute(table.insert().values(rows.a_row(table, A, filled[A]) | foreign))
                else:
                    owner.execute(table.update().where(table.c.tenant_id == A).values(foreign))
            diagnosis = getattr(refusal.value.orig, "diag", None)
            assert diagnosis is not None
            assert (diagnosis.sqlstate, diagnosis.constraint_name) == ("23503", key.name)
            tried += 1

    assert tried >= 40


def copies(owner: Connection, filled: Rows) -> None:
    """All rows of A once more as those of a third company, every value the same but the tenant."""
    third = new_id()
    for name, row in filled[A].items():
        owner.execute(TABLES[name].insert().values(row | {"tenant_id": third}))


def test_no_unique_key_tells_what_another_company_has(owner: Connection, filled: Rows) -> None:
    with undone(owner):
        copies(owner, filled)


def test_a_unique_key_over_all_companies_would_be_noticed(owner: Connection, filled: Rows) -> None:
    with undone(owner):
        owner.execute(text("create unique index leak on people (id, account)"))
        with pytest.raises(IntegrityError):
            copies(owner, filled)


@pytest.mark.parametrize(
    "damage",
    [
        "alter table {table} disable row level security",
        "create policy leak on {table} to anhuan_app using ((select true)) with check ((select true))",
        "alter policy tenant on {table} using ((select true))",
    ],
)
@pytest.mark.parametrize("name", ["people", "cases", "grants", "requests", "companies"])
def test_a_weakened_table_would_be_noticed(owner: Connection, filled: Rows, name: str, damage: str) -> None:
    with undone(owner):
        owner.execute(text(damage.format(table=name)))

        assert A in seen(owner, TABLES[name], system_of(B))
    assert A not in seen(owner, TABLES[name], system_of(B))


def test_a_foreign_key_without_the_tenant_would_be_noticed(owner: Connection, filled: Rows) -> None:
    row = rows.a_row(TABLES["holdings"], A, filled[A]) | {"person_id": filled[B]["people"]["id"]}
    with undone(owner):
        for key in rows.keys_of(TABLES["holdings"]):
            owner.execute(text(f"alter table holdings drop constraint {key.name}"))

        owner.execute(TABLES["holdings"].insert().values(row))
        found = select(func.count()).where(TABLES["holdings"].c.person_id == row["person_id"])
        assert owner.scalar(found) == 2
