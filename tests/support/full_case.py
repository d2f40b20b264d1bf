"""A case with some of everything that its page shows."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from anhuan_infra.ids import new_id
from anhuan_platform.evidence.models import Evidence, EvidenceStatus
from anhuan_platform.hazards.models import Hazard
from anhuan_platform.hazards.service import working
from anhuan_platform.loops.service import stopping, talk
from tests.support.plant import Plant


async def a_full_case(plant: Plant) -> UUID:
    """Rejected once, talked about, stopped, with pictures, papers and pieces that have not come."""
    twin = await plant.report("wei", "冲床防护罩缺失")
    case_id = await plant.report("lin", "2号冲床防护罩缺失, 有人伸手")
    await plant.grade(case_id, "C")
    await plant.assign(case_id, "tlead")
    async with plant.as_("fitter") as work:
        photo = await plant.photo("fitter")
        await working.add_progress(
            work, case_id, note_id=new_id(), note='已采购"防护门"\n明天到', percent=40, evidence=[photo]
        )
    for no, (account, called) in enumerate((("wei", "lin"), ("lin", "fitter"), ("fitter", "wei"))):
        async with plant.as_(account) as work:
            said = f"第{no}句 \u2028 <b>&\\"
            called_ids = [plant.people[called], plant.people["gm"]]
            photos = [await plant.photo(account)]
            await talk.comment(
                work, case_id, comment_id=new_id(), body=said, mentions=called_ids, evidence=photos
            )
    await plant.rectify(case_id)
    await plant.review(case_id, "tlead", approve=False, comment="接地没接")
    async with plant.as_("wei") as work:
        await stopping.stop_work(
            work, case_id, order_id=new_id(), reason="有人伸手", area_id=plant.area_id, asset_id=None
        )
    await _pictures(plant, case_id, twin)
    return case_id


async def _pictures(plant: Plant, case_id: UUID, twin: UUID) -> None:
    """What the inspector and the guessing would have left behind."""
    async with plant.company.house() as work:
        hazard = await work.session.get_one(Hazard, (work.tenant_id, case_id))
        hazard.similar = [{"case": str(twin), "percent": 81}, {"case": str(new_id()), "percent": 7}]
        hazard.suggested_type = {"type": "machine_guard", "percent": 77, "because": ["防护罩", "press"]}
        flags: list[Any] = [
            {"code": "CAPTURED_FAR_AWAY", "facts": {"metres": 812, "radius": 300}},
            {
                "code": "CAPTURED_LONG_BEFORE",
                "facts": {"hours": 25.0, "taken_at": "2026-01-01T00:00:00+08:00"},
            },
        ]
        kinds = (
            ("view.jpg", EvidenceStatus.STORED, "v1", "t1", "image/jpeg"),
            ("方案 1.pdf", EvidenceStatus.DURABLE, None, None, "application/pdf"),
            ("later.jpg", EvidenceStatus.REQUESTED, None, None, None),
            ("bad.jpg", EvidenceStatus.REFUSED, None, None, "image/jpeg"),
        )
        for name, status, view, thumbnail, kind in kinds:
            row = Evidence(
                id=new_id(),
                uploaded_by=plant.people["lin"],
                status=status,
                name=name,
                declared_type="image/jpeg",
                media_type=kind,
                size=12_345_678_901,
                sha256="0" * 64,
                object_key=f"{work.tenant_id}/{name}",
                version_id="v0",
                view_version=view,
                thumbnail_version=thumbnail,
                flags=flags if view else [],
                case_id=case_id,
                purpose="report",
                taken_at=work.now - timedelta(days=2),
            )
            work.session.add(row)
