"""The closed-loop form: everything of the case on paper, every sign with a glyph, the proof of its record, and nobody else's case."""

import asyncio
import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pypdf
import pytest
from PIL import Image, ImageDraw
from sqlalchemy import select

from anhuan_graphql import limiter
from anhuan_graphql import printed as printed_wire
from anhuan_graphql.scheduler import RECORD_KEY
from anhuan_infra import pdf
from anhuan_infra.db.engine import Sessions
from anhuan_infra.evidence.store import derivative_key
from anhuan_infra.ids import new_id
from anhuan_infra.record import sealer
from anhuan_infra.record.anchors import Anchors
from anhuan_infra.record.keys import Keyring
from anhuan_infra.record.models import RecordEntry
from anhuan_infra.settings import Settings
from anhuan_platform.evidence.models import Evidence
from anhuan_platform.hazards.service import grading, working
from anhuan_platform.loops.models import Case
from anhuan_platform.loops.service import steps
from tests.infra.record.acts import tamper
from tests.support.plant import Plant, a_plant
from tests.support.wire import Wire, fresh

TYPST = "#pagebreak() *粗* $x^2$ `raw` <label> @ref \\ // 注释"


@dataclass(frozen=True)
class Paper:
    """A PDF, read."""

    content: bytes
    text: str
    pages: int
    fonts: set[str]
    pictures: int

    @classmethod
    def of(cls, content: bytes) -> "Paper":
        """Its text without line breaks, since a cell breaks where it likes; refuses a glyph that is none."""
        book = pypdf.PdfReader(io.BytesIO(content))
        fonts: set[str] = set()
        for page in book.pages:
            resources: Any = page["/Resources"]
            for font in resources.get("/Font", {}).values():
                inner = font.get_object()["/DescendantFonts"][0].get_object()
                assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object()), (
                    "not embedded"
                )
                fonts.add(str(inner["/BaseFont"]))
        text = re.sub(r"\s+", "", "".join(page.extract_text() for page in book.pages))
        pictures = sum(len(page.images) for page in book.pages)
        return cls(content, text, len(book.pages), fonts, pictures)

    def __contains__(self, words: str) -> bool:
        return re.sub(r"\s+", "", words) in self.text


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    return await a_plant(sessions, settings)


def _picture(words: str) -> bytes:
    image = Image.new("RGB", (1600, 1200), "#8aa0b5")
    ImageDraw.Draw(image).text((60, 60), words, fill="black", font_size=120)
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


async def _pictured(plant: Plant, wire: Wire) -> None:
    """Give every photo of the company a picture in the store, as the inspector would have made it."""
    async with plant.company.house() as work:
        for row in await work.session.scalars(select(Evidence).where(Evidence.view_version.is_(None))):
            key = derivative_key(work.tenant_id, row.id, "view.jpg")
            row.view_version = await wire.house.store.put(
                key, _picture(f"{row.purpose}\n{row.id.hex[-12:]}"), "image/jpeg"
            )


@pytest.fixture(scope="module")
async def closed(plant: Plant, wire: Wire) -> UUID:
    """Grade B by a clause, sent back once, put right, signed by everybody."""
    hazard_id = await plant.report(text=f"冲床防护罩缺失，操作者手部可进入危险区。{TYPST}")
    async with plant.as_("wei") as work:
        by = grading.Statutory("MEM-10", "第四条")
        await grading.grade(work, hazard_id, "B", statutory_by=by, reason="手部可进入合模区，无联锁")
    await plant.assign(hazard_id, "wei")
    async with plant.as_("fitter") as work:
        await working.submit_control(work, hazard_id, measures="停机挂牌，设置围挡，派专人监护", proofs=())
    await plant.review(hazard_id, "dhead")
    await plant.rectify(hazard_id)
    await plant.review(hazard_id, "tlead", approve=False, comment="防护门与立柱间隙大于 6 mm")
    proofs = [steps.Proof(await plant.photo("fitter"), one) for one in ("before", "after")]
    async with plant.as_("fitter") as work:
        test = working.TestResult(
            True, "空载试车 10 分钟，联锁有效；开门 0.2 s 内停机", "间隙 4 mm（≤ 6 mm）"
        )
        await working.submit_rectification(
            work, hazard_id, measures="更换防护门导轨，校验联锁", test=test, proofs=proofs
        )
    for account in ("tlead", "wei", "leader", "whead", "wei"):
        await plant.review(hazard_id, account, comment="合格，同意")
    await _pictured(plant, wire)
    return hazard_id


async def _got(wire: Wire, plant: Plant, account: str, case: object, lang: str = "zh") -> Any:
    token = await wire.token_of(plant.company.id, plant.people[account])
    headers = {"authorization": f"Bearer {fresh(token)}"}
    return await wire.client.get(f"/cases/{case}.pdf?lang={lang}", headers=headers)


async def _paper(wire: Wire, plant: Plant, account: str, case: object, lang: str = "zh") -> Paper:
    answer = await _got(wire, plant, account, case, lang)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    return Paper.of(answer.content)


async def _seal(settings: Settings, folder: Path) -> None:
    ring = Keyring(settings.secrets.key(RECORD_KEY))
    async with await psycopg.AsyncConnection.connect(settings.clock_database_url, autocommit=True) as clock:
        await sealer.seal(clock, ring, Anchors(folder), head_every=sealer.HEAD_EVERY * 0)


async def test_everything_of_the_case_is_on_paper(
    wire: Wire, plant: Plant, closed: UUID, settings: Settings, tmp_path: Path
) -> None:
    await _seal(settings, tmp_path)
    paper = await _paper(wire, plant, "wei", closed)
    async with plant.company.house() as work:
        case = await work.session.get_one(Case, (work.tenant_id, closed))

    for words in (
        "隐患整改闭环单", case.number, "恒泰金属制品有限公司", "已销号", "B 较大", "法定重大隐患",
        "冲床防护罩缺失", "机械防护", "第一分厂 / 冲压车间 / 甲班", "冲压区", "1号冲床", "林小雨", "陈师傅", "第一分厂 / 设备科",
        "手部可进入合模区，无联锁", "工贸企业重大事故隐患判定标准（应急管理部令第10号） 第四条", "B 级整改时限", "按期，提前",
        "停机挂牌，设置围挡，派专人监护", "更换防护门导轨，校验联锁", "间隙 4 mm（≤ 6 mm）", "合格",
        "防护门与立柱间隙大于 6 mm", "完成后被退回", "退回", "（第 2 轮）", "唐班长", "冷副总", "吴主任", "分管领导", "车间主任", "手写签字",
        "核验通过：记录自封存以来未被改动", "签名密钥编号", "SHA-256", "打印于", "第1页 / 共",
    ):  # fmt: skip
        assert words in paper, words
    assert paper.pictures == 7  # three before, four after
    assert 2 <= paper.pages <= 4


async def test_what_people_wrote_never_becomes_markup(wire: Wire, plant: Plant, closed: UUID) -> None:
    assert TYPST in await _paper(wire, plant, "wei", closed)


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_every_sign_is_shown_by_the_font_inside(
    wire: Wire, plant: Plant, closed: UUID, lang: str
) -> None:
    paper = await _paper(wire, plant, "wei", closed, lang)

    assert {font.partition("+")[2] for font in paper.fonts} == {"NotoSansCJKsc-Regular"}
    assert boxes(paper.content) == 0


def boxes(content: bytes) -> int:
    """How many glyphs of number 0, the empty box, are drawn; every glyph is two bytes here."""
    found = 0
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        stream = pypdf.generic.ContentStream(page.get_contents(), page.pdf)
        for operands, operator in stream.operations:
            if operator in (b"Tj", b"TJ"):
                parts = operands[0] if isinstance(operands[0], list) else operands
                drawn = b"".join(part.original_bytes for part in parts if hasattr(part, "original_bytes"))
                found += sum(drawn[at : at + 2] == b"\0\0" for at in range(0, len(drawn), 2))
    return found


async def test_english_paper_is_english_where_we_speak(wire: Wire, plant: Plant, closed: UUID) -> None:
    paper = await _paper(wire, plant, "wei", closed, "en")

    for words in (
        "Hazard rectification record",
        "Closed",
        "B serious",
        "Machine guarding",
        "Approvals and signatures",
    ):
        assert words in paper, words
    for words in ("办理过程", "审批与签字", "整改期限", "核验"):
        assert words not in paper, words


async def test_signs_that_the_font_lacks_are_named_and_not_printed_as_boxes(wire: Wire, plant: Plant) -> None:
    hazard_id = await plant.report(text="配电箱冒烟🔥，ئۇيغۇرچە 说明，𠮷田，㎡ ℃ ① ≥")
    paper = await _paper(wire, plant, "wei", hazard_id)

    assert "配电箱冒烟[U+1F525]，[8 个无法打印的字符] 说明，𠮷田，㎡ ℃ ① ≥" in paper
    assert boxes(paper.content) == 0


async def test_a_photo_that_the_store_does_not_give_is_said_to_be_missing(wire: Wire, plant: Plant) -> None:
    hazard_id = await plant.report()
    async with plant.company.house() as work:
        row = (await work.session.scalars(select(Evidence).where(Evidence.case_id == hazard_id))).one()
        row.view_version = "gone"
    paper = await _paper(wire, plant, "wei", hazard_id)

    assert "照片暂时无法读取" in paper
    assert paper.pictures == 0


async def test_a_stop_order_and_what_waits_stand_there(wire: Wire, plant: Plant) -> None:
    hazard_id = await plant.report(text="除尘器故障")
    await plant.grade(hazard_id, "A")
    paper = await _paper(wire, plant, "wei", hazard_id)

    for words in ("停工令", "定为 A 级", "尚未解除", "办理中", "条记录待封存签名", "尚未进入审批环节"):
        assert words in paper, words


async def test_a_record_that_was_changed_is_said_on_paper(
    wire: Wire, plant: Plant, settings: Settings, tmp_path: Path
) -> None:
    hazard_id = await plant.report()
    await _seal(settings, tmp_path)
    await tamper(
        settings,
        f"update record_entries set body = '{{}}' where case_id = '{hazard_id}' and act = 'task.opened'",
    )

    assert "核验未通过：内容或链接与封存时不一致" in await _paper(wire, plant, "wei", hazard_id)


async def test_who_may_not_see_the_case_gets_what_one_gets_for_no_case(
    wire: Wire, plant: Plant, closed: UUID, sara: str
) -> None:
    other, nowhere = await _got(wire, plant, "other", closed), await _got(wire, plant, "other", new_id())
    elsewhere = await wire.client.get(
        f"/cases/{closed}.pdf", headers={"authorization": f"Bearer {fresh(sara)}"}
    )

    assert (other.status_code, nowhere.status_code, elsewhere.status_code) == (404, 404, 404)
    assert len({re.sub(r"[0-9a-f-]{36}", "", one.text) for one in (other, nowhere)}) == 1
    assert (await wire.client.get(f"/cases/{closed}.pdf")).status_code == 401
    assert (await _got(wire, plant, "lin", closed)).status_code == 200  # who reported it may


@pytest.mark.parametrize("name", ["x", "..%2f..%2fetc%2fpasswd", "1.pdf", "%00.pdf"])
async def test_a_name_that_is_no_case_is_not_found(wire: Wire, plant: Plant, name: str) -> None:
    token = await wire.token_of(plant.company.id, plant.people["wei"])
    answer = await wire.client.get(f"/cases/{name}", headers={"authorization": f"Bearer {fresh(token)}"})

    assert answer.status_code == 404


async def test_printing_is_on_record_with_the_papers_fingerprint(
    wire: Wire, plant: Plant, closed: UUID
) -> None:
    content = (await _got(wire, plant, "leader", closed, "en")).content
    async with plant.company.house() as work:
        query = select(RecordEntry).where(RecordEntry.act == "case.printed").order_by(RecordEntry.id.desc())
        entry = (await work.session.scalars(query)).first()

    assert entry is not None
    assert (entry.actor_id, entry.case_id) == (plant.people["leader"], closed)
    assert entry.body == {"language": "en", "sha256": hashlib.sha256(content).hexdigest()}


async def test_a_crowd_before_the_press_waits_without_its_pictures(
    wire: Wire, plant: Plant, closed: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pictures of everybody who waits would fill the memory; and who prints without end is asked to wait."""
    inside = most = read = printed = 0

    async def slow(*_: object) -> bytes:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.2)
        inside -= 1
        return b"%PDF"

    async def pictures(*_: object) -> dict[UUID, bytes]:
        nonlocal read
        read += 1
        assert read - printed < 5
        return {}

    monkeypatch.setattr(printed_wire, "_pictures", pictures)
    monkeypatch.setattr(pdf, "render", slow)
    monkeypatch.setattr(limiter, "PRINT_PERSON", limiter.Allowance(f"test/{new_id()}", 12, 60))

    async def one() -> int:
        nonlocal printed
        answer = await _got(wire, plant, "wei", closed)
        printed += 1
        return int(answer.status_code)

    statuses = await asyncio.gather(*(one() for _ in range(14)))

    assert sorted(statuses) == [200] * 12 + [429] * 2
    assert most <= 4
