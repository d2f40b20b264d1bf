"""Checklists and their versions; roles of companies that are there already get the acts that their shipped patterns have."""

from pathlib import Path

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_READING = (
    "tenant_admin",
    "general_manager",
    "responsible_leader",
    "safety_director",
    "hq_safety_officer",
    "branch_safety_officer",
    "workshop_safety_officer",
    "department_head",
    "workshop_head",
    "team_leader",
    "worker",
    "equipment_head",
    "fitter",
    "supervisor",
    "auditor",
)
_MANAGING = ("tenant_admin", "safety_director", "hq_safety_officer")
_TABLES = ("roles", "record_entries", "companies")


def upgrade() -> None:
    """Create the tables. Roles that a company has changed itself stay as it wants them."""
    op.execute("set local lock_timeout = '5s'")
    op.get_bind().exec_driver_sql(Path(__file__).with_suffix(".sql").read_text("utf-8").replace("%", "%%"))
    # The owner has no policy of its own, so that it sees rows only while security is not forced; other sessions never do.
    for table in _TABLES:
        op.execute(f"alter table {table} no force row level security")
    for act, codes in (("checklist.read", _READING), ("checklist.manage", _MANAGING)):
        _give(act, codes)
    for table in _TABLES:
        op.execute(f"alter table {table} force row level security")


def _give(act: str, codes: tuple[str, ...]) -> None:
    named = ", ".join(f"'{code}'" for code in codes)
    op.execute(
        f"""
        with given as (
            update roles set permissions = (
                select jsonb_agg(pair order by (pair ->> 0) collate "C", (pair ->> 1) collate "C")
                from jsonb_array_elements(roles.permissions || '[["{act}", "tenant"]]') pair
            )
            where roles.is_shipped and roles.code in ({named})
                and not exists (select from jsonb_array_elements(roles.permissions) pair where pair ->> 0 = '{act}')
                and not exists (
                    select from record_entries entry
                    where entry.tenant_id = roles.tenant_id and entry.act = 'role.changed' and entry.subject_id = roles.id
                )
            returning roles.tenant_id
        )
        update companies set policy_version = policy_version + 1 where tenant_id in (select tenant_id from given)
        """
    )


def downgrade() -> None:
    """Drafts and versions go; an older program does not know the acts, and which roles had them before nobody can say."""
    op.execute("drop table checklist_versions")
    op.execute("drop table checklists")
