"""The version of a company's policy: whoever changes roles, grants, posts, the tree or the modules raises it here."""

from sqlalchemy import select, update

from anhuan_infra.work import Work
from anhuan_tenants.companies.models import Company


async def policy_changed(work: Work) -> int:
    """Have every person's rights and modules made anew from the next request on; the new version."""
    version = await work.session.scalar(
        update(Company)
        .where(Company.tenant_id == work.tenant_id)
        .values(policy_version=Company.policy_version + 1)
        .returning(Company.policy_version)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(version, int)
    return version


async def current(work: Work) -> int:
    """The version now in force, read from the database."""
    version = await work.session.scalar(
        select(Company.policy_version).where(Company.tenant_id == work.tenant_id)
    )
    return version or 0
