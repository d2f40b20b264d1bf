"""Roles of companies founded before hazards could be exported: they get the act that their shipped pattern has."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TENANT = ("general_manager", "safety_director", "hq_safety_officer", "auditor")
_UNIT = (
    "responsible_leader",
    "branch_safety_officer",
    "workshop_safety_officer",
    "department_head",
    "workshop_head",
    "equipment_head",
    "supervisor",
)
_TABLES = ("roles", "record_entries", "companies")


def upgrade() -> None:
    """Roles that a company has changed itself stay as it wants them. Sessions take the new rights with their next request."""
    op.execute("set local lock_timeout = '5s'")
    # The owner has no policy of its own, so that it sees rows only while security is not forced; other sessions never do.
    for table in _TABLES:
        op.execute(f"alter table {table} no force row level security")
    patterns = [(code, "tenant") for code in _TENANT] + [(code, "unit") for code in _UNIT]
    values = ", ".join(f"('{code}', '{condition}')" for code, condition in patterns)
    op.execute(
        f"""
        with given as (
            update roles set permissions = (
                select jsonb_agg(pair order by (pair ->> 0) collate "C", (pair ->> 1) collate "C")
                from jsonb_array_elements(
                    roles.permissions || jsonb_build_array(jsonb_build_array('hazard.export', pattern.condition))
                ) pair
            )
            from (values {values}) pattern (code, condition)
            where roles.is_shipped and roles.code = pattern.code
                and not exists (select from jsonb_array_elements(roles.permissions) pair where pair ->> 0 = 'hazard.export')
                and not exists (
                    select from record_entries entry
                    where entry.tenant_id = roles.tenant_id and entry.act = 'role.changed' and entry.subject_id = roles.id
                )
            returning roles.tenant_id
        )
        update companies set policy_version = policy_version + 1 where tenant_id in (select tenant_id from given)
        """
    )
    for table in _TABLES:
        op.execute(f"alter table {table} force row level security")


def downgrade() -> None:
    """Nothing: an older program does not know the act, and which roles had it before nobody can say."""
