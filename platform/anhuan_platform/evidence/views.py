"""Short-lived addresses under which a person who may see a piece of evidence looks at it. Arithmetic; nobody is asked."""

from uuid import UUID

from anhuan_infra.evidence.store import derivative_key
from anhuan_platform.evidence import repository, tools
from anhuan_platform.evidence.models import Evidence

VIEW, THUMBNAIL = "view.jpg", "thumbnail.jpg"


def view_url(row: Evidence) -> str | None:
    """The upright picture without metadata, five minutes long; None until it is verified or where there is no picture."""
    return _picture(row, VIEW, row.view_version)


def thumbnail_url(row: Evidence) -> str | None:
    """The same, small."""
    return _picture(row, THUMBNAIL, row.thumbnail_version)


def paper_url(row: Evidence) -> str | None:
    """A document or film as a download; pictures are never given out as they came, since they carry private facts."""
    if row.status not in repository.READY or row.view_version or not row.version_id:
        return None
    return paper(row.object_key, row.version_id, row.media_type, row.name)


def picture(tenant_id: UUID, evidence_id: UUID, name: str, version: str) -> str:
    """One of the pictures that we made of a piece of evidence, which is known to be ready."""
    key = derivative_key(tenant_id, evidence_id, name)
    return tools.store().view_address(key, version, "image/jpeg", f"{evidence_id}.jpg", inline=True)


def paper(object_key: str, version: str, media_type: str | None, name: str) -> str:
    """A file as it came, which is known to be ready and no picture."""
    return tools.store().view_address(object_key, version, media_type or "application/octet-stream", name)


def _picture(row: Evidence, name: str, version: str | None) -> str | None:
    if row.status not in repository.READY or version is None:
        return None
    return picture(row.tenant_id, row.id, name, version)
