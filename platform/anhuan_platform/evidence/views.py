"""Short-lived addresses under which a person who may see a piece of evidence looks at it."""

from anhuan_infra.evidence.store import derivative_key
from anhuan_platform.evidence import repository, tools
from anhuan_platform.evidence.models import Evidence


async def view_url(row: Evidence) -> str | None:
    """The upright picture without metadata, five minutes long; None until it is verified or where there is no picture."""
    return await _picture(row, "view.jpg", row.view_version)


async def thumbnail_url(row: Evidence) -> str | None:
    """The same, small."""
    return await _picture(row, "thumbnail.jpg", row.thumbnail_version)


async def paper_url(row: Evidence) -> str | None:
    """A document or film as a download; pictures are never given out as they came, since they carry private facts."""
    if row.status not in repository.READY or row.view_version or not row.version_id:
        return None
    return await tools.store().presign_view(
        row.object_key, row.version_id, row.media_type or "application/octet-stream", row.name
    )


async def _picture(row: Evidence, name: str, version: str | None) -> str | None:
    if row.status not in repository.READY or version is None:
        return None
    key = derivative_key(row.tenant_id, row.id, name)
    return await tools.store().presign_view(key, version, "image/jpeg", f"{row.id}.jpg", inline=True)
