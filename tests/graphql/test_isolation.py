"""No answer tells one company anything of another: every root field, every id argument, generated from the schema.

Somebody with all powers in company B names things of company A. The answer must be, byte for byte, the answer to an id that
exists nowhere. A new id argument that nobody has described here fails the build.
"""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest

from anhuan_infra.ids import new_id
from anhuan_infra.requests import Request
from anhuan_infra.settings import Settings
from tests.support import shape
from tests.support.people import Cast
from tests.support.wire import Wire
from tests.support.world import World, a_world

MADE = "made"
"""The client makes this id: taking one that another company uses must simply work."""

LEADS_TO = {
    "absences.person": "person",
    "addPerson.id": MADE, "addPerson.partyId": "party", "addPerson.unitId": "unit",
    "addPost.id": MADE,
    "addParty.id": MADE, "addParty.unitId": "unit",
    "endAbsence.id": "absence",
    "endParty.partyId": "party",
    "party.id": "party",
    "addUnit.id": MADE, "addUnit.parentId": "unit",
    "changePerson.personId": "person", "changePerson.unitId": "unit",
    "changePost.postId": "post",
    "changeUnit.unitId": "unit",
    "closeUnit.unitId": "unit",
    "endPost.holdingId": "holding",
    "moveUnit.parentId": "unit", "moveUnit.unitId": "unit",
    "saveView.id": MADE, "saveView.unitId": "unit",
    "setPost.id": MADE, "setPost.personId": "person", "setPost.postId": "post", "setPost.unitId": "unit",
    "addArea.id": MADE, "addArea.unitId": "unit",
    "addAsset.areaId": "area", "addAsset.id": MADE, "addAsset.unitId": "unit",
    "addProgress.evidence": "evidence", "addProgress.hazardId": "case", "addProgress.id": MADE,
    "addRole.id": MADE,
    "areas.unit": "unit",
    "assets.area": "area", "assets.unit": "unit",
    "assignHazard.id": MADE, "assignHazard.hazardId": "case", "assignHazard.partyId": "party",
    "assignHazard.personId": "person", "assignHazard.unitId": "unit",
    "callOff.id": MADE, "callOff.duplicateOf": "case", "callOff.hazardId": "case",
    "case.id": "case",
    "caseVerification.id": "case",
    "comment.caseId": "case", "comment.evidence": "evidence", "comment.id": MADE, "comment.mentions": "person",
    "confirmUpload.id": "evidence",
    "disablePerson.personId": "person",
    "enablePerson.personId": "person",
    "evidence.id": "evidence",
    "explainAccess.person": "person", "explainAccess.subject": "case",
    "giveRole.personId": "person", "giveRole.unitId": "unit",
    "gradeHazard.id": MADE, "gradeHazard.hazardId": "case",
    "grants.person": "person",
    "handOver.id": MADE, "handOver.caseId": "case", "handOver.seatId": "seat", "handOver.to": "person",
    "hazard.id": "case",
    "hazards.filter.area": "area", "hazards.filter.asset": "asset", "hazards.filter.unit": "unit",
    "invite.people": "person",
    "inviteToGroup.id": MADE, "inviteToGroup.caseId": "case", "inviteToGroup.people": "person",
    "markRead.id": "notice", "markRead.upTo": "notice",
    "node.id": "case",
    "overview.unit": "unit",
    "people.party": "party", "people.unit": "unit",
    "person.id": "person",
    "proposedUnit.hazard": "case",
    "record.filter.actor": "person", "record.filter.case": "case", "record.filter.subject": "case",
    "redeemOrder.id": MADE,
    "removeView.id": "view",
    "removeCalendar.unitId": "unit",
    "reportHazard.areaId": "area", "reportHazard.assetId": "asset", "reportHazard.evidence": "evidence",
    "reportHazard.id": MADE, "reportHazard.unitId": "unit",
    "requestUpload.id": MADE,
    "resumeWork.evidence": "evidence", "resumeWork.orderId": "order",
    "review.id": MADE, "review.evidence.evidenceId": "evidence", "review.hazardId": "case",
    "setCalendar.unitId": "unit",
    "startAbsence.deputyId": "person", "startAbsence.id": MADE, "startAbsence.personId": "person",
    "stopWork.areaId": "area", "stopWork.assetId": "asset", "stopWork.caseId": "case", "stopWork.id": MADE,
    "submitControl.id": MADE, "submitControl.evidence.evidenceId": "evidence", "submitControl.hazardId": "case",
    "submitRectification.id": MADE, "submitRectification.evidence.evidenceId": "evidence", "submitRectification.hazardId": "case",
    "subscribe.id": MADE,
    "takeRole.personId": "person", "takeRole.unitId": "unit",
    "unit.id": "unit",
    "unsubscribe.id": MADE,
}  # fmt: skip

SIGN_UP = "signUp.id"
"""The one id that all companies share: it becomes a company's. Repeating somebody's says CONFLICT and nothing else."""

NARROWS = {
    "hazards.filter.area",
    "hazards.filter.asset",
    "people.party",
    "record.filter.actor",
    "record.filter.case",
    "record.filter.subject",
}
"""A condition and no look-up: it simply finds nothing."""

ASKED_LATER = {
    "markRead.upTo": "a bound on one's own notices",
    "resumeWork.evidence": "who ordered the stop comes first",
    "review.evidence.evidenceId": "whose turn it is comes first",
    "submitControl.evidence.evidenceId": "whether the step is open comes first",
    "submitRectification.evidence.evidenceId": "whether the step is open comes first",
}
"""Not looked up in the state in which the case of company B stands."""


WOULD_SPEND = {
    f"{act}.id": f"{act}.{case}"
    for case, acts in {
        "hazardId": "assignHazard callOff gradeHazard review submitControl submitRectification",
        "caseId": "handOver inviteToGroup",
    }.items()
    for act in acts.split()
}
"""With a free id the act is really done, and the case of company B would not stand as the other questions need it. The id is asked
after before anything else, so it is tried on a case that exists nowhere."""
NOWHERE = str(new_id())


@dataclass(frozen=True)
class Border:
    """Company B's most powerful person, and what they know of A."""

    wire: Wire
    token: str
    a: World
    b: World

    async def answers(self, leaf: shape.Leaf, kind: str) -> tuple[str, str]:
        """What B is told of A's thing, and of a thing that exists nowhere."""
        foreign = await self._used_in_a() if kind == MADE else self.a.ids[kind]
        return await self.told(leaf, foreign), await self.told(leaf, new_id())

    async def _used_in_a(self) -> UUID:
        used = new_id()
        async with self.a.company.house() as work:
            work.session.add(Request(id=used, kind="hazard", fingerprint=b"", person_id=self.a.person_id))
        return used

    async def told(self, leaf: shape.Leaf, value: UUID) -> str:
        """The answer, with the id replaced wherever it is repeated."""
        given = self.values() | {leaf.key: str(value)}
        if leaf.key in WOULD_SPEND:
            given |= {WOULD_SPEND[leaf.key]: NOWHERE}
        query, variables = shape.question(leaf.root, shape.usual(given))
        answer = await self.wire.post({"query": query, "variables": variables}, self.token)
        return answer.text.replace(str(value), "<id>")

    def values(self) -> dict[str, Any]:
        """B's own things for every argument that is not being tried."""
        ids = self.b.ids
        own: dict[str, Any] = {key: str(ids[kind]) for key, kind in LEADS_TO.items() if kind != MADE}
        one_only = {
            "callOff.duplicateOf",
            "reportHazard.unitId",
            "reportHazard.evidence",
            "stopWork.areaId",
            "stopWork.assetId",
            "markRead.upTo",
        }
        own |= dict.fromkeys(one_only)
        own |= {key: str(new_id()) for key, kind in LEADS_TO.items() if kind == MADE} | {
            SIGN_UP: str(new_id())
        }
        fresh = f"c{new_id().hex[-10:]}"
        return own | SENSIBLE | dict.fromkeys(FRESH, fresh)


FRESH = (
    "addArea.code",
    "addAsset.code",
    "addRole.code",
    "addParty.code",
    "addUnit.code",
    "addPost.code",
    "addPerson.account",
)
"""Names that a company gives only once."""

SENSIBLE: dict[str, Any] = {
    "language": "zh", "Date": None, "email": None, "phone": None, "roles": None, "until": None, "kind": None, "addUnit.kind": "TEAM", "addAsset.kind": "press",
    "addParty.kind": "CONTRACTOR", "setChannel.kind": "webhook", "quietFrom": None, "JSON": {}, "creditCode": None, "quietTo": None, "channels": None, "addresses": None,
    "Boolean": False, "Int": 1, "Float": 1.0, "String": "x",
    "first": None, "after": None, "filter": None, "type": None, "text": None, "stage": None, "topics": None,
    "act": "case.read", "role": "worker", "condition": "own", "modules": "hazards", "module": "hazards",
    "target": "hazards", "saveView.body": {"order": "DUE"}, "risk": "low", "step": None, "name": "名称", "mediaType": "application/pdf", "size": 10,
    "sha256": "0" * 64, "startsAt": "2030-01-01T00:00:00Z", "endsAt": "2030-01-02T00:00:00Z",
    "latitude": None, "longitude": None, "radiusM": None, "accuracyM": None, "seenAt": None, "DateTime": None,
    "instrument": None, "clause": None, "measures": "措施说明", "summary": "试运行正常", "passed": True, "code": "c12345",
    "explainAccess.kind": "CASE", "approve": True, "everywhere": False,
    "guessType.text": "x",
    "record.filter.act": None, "people.text": None, "hazards.filter.overdue": None, "hazards.filter.mine": None,
    "hazards.filter.status": None, "hazards.filter.grades": None,
    "hazards.filter.unit": None, "hazards.filter.area": None, "hazards.filter.asset": None,
    "record.filter.actor": None, "record.filter.case": None, "record.filter.subject": None,
}  # fmt: skip


def id_leaves() -> list[shape.Leaf]:
    """Every id argument of the schema."""
    return [leaf for root in shape.roots() for leaf in shape.leaves(root) if leaf.kind == "UUID"]


@pytest.fixture(scope="module")
async def border(wire: Wire, cast: Cast) -> AsyncIterator[Border]:
    """Two filled companies, and B's token."""
    a, b = await a_world(cast.a, "MARKA"), await a_world(cast.b, "MARKB")
    yield Border(wire, await wire.token_of(b.company.id, b.person_id), a, b)


def test_every_id_argument_is_described() -> None:
    assert {leaf.key for leaf in id_leaves()} == LEADS_TO.keys() | {SIGN_UP}


async def findings(border: Border, *kinds: str) -> list[str]:
    """Id arguments by which company A shows."""
    found: list[str] = []
    for leaf in id_leaves():
        kind = LEADS_TO.get(leaf.key)
        if kind is None or (kinds and kind not in kinds):
            continue
        foreign, nowhere = await border.answers(leaf, kind)
        if foreign != nowhere or border.a.mark in foreign:
            found.append(f"{leaf.key}: {foreign} instead of {nowhere}")
    return found


async def test_things_of_another_company_answer_as_things_that_do_not_exist(border: Border) -> None:
    assert await findings(border) == []


async def test_each_id_argument_is_really_looked_up(border: Border) -> None:
    """Otherwise the test above would compare refusals that have nothing to do with the id."""
    vague: list[str] = []
    for leaf in id_leaves():
        kind = LEADS_TO.get(leaf.key)
        if kind in (None, MADE) or leaf.key in ASKED_LATER:
            continue
        answer = await border.told(leaf, new_id())
        finds_nothing = leaf.key in NARROWS and '"errors"' not in answer
        if not finds_nothing and not ("NOT_FOUND" in answer and "<id>" in answer):
            vague.append(f"{leaf.key}: {answer}")

    assert vague == []


async def test_an_id_that_another_company_uses_can_be_taken(border: Border) -> None:
    said = await border.wire.done(
        "reportHazard",
        "{ id description }",
        border.token,
        id=str(border.a.ids["area"]),
        description="同号不同企业",
    )

    assert said == {"id": str(border.a.ids["area"]), "description": "同号不同企业"}


@pytest.mark.parametrize("key", sorted(WOULD_SPEND))
async def test_the_id_of_an_act_is_asked_after_before_anything_else(border: Border, key: str) -> None:
    """Positive control: one's own id, used for something else, is refused although the case exists nowhere."""
    used = new_id()
    async with border.b.company.house() as work:
        work.session.add(Request(id=used, kind="hazard", fingerprint=b"", person_id=border.b.person_id))
    leaf = next(leaf for leaf in id_leaves() if leaf.key == key)

    assert "CONFLICT" in await border.told(leaf, used)


async def test_no_list_shows_anything_of_another_company(border: Border) -> None:
    for root in shape.roots():
        if root.operation != "query" or any(
            leaf.kind == "UUID" for leaf in shape.leaves(root) if len(leaf.path) == 1
        ):
            continue
        query, variables = shape.question(root, shape.usual(SENSIBLE), deep=2)
        answer = await border.wire.post({"query": query, "variables": variables}, border.token)
        assert "data" in answer.json(), answer.text
        assert border.a.mark not in answer.text, root.name
        for kind, thing in border.a.ids.items():
            assert str(thing) not in answer.text or thing == border.a.ids["area"], (root.name, kind)


async def test_the_lists_are_not_simply_empty(border: Border) -> None:
    """Positive control of the test above: B's own mark shows in the same answers."""
    for name in ("hazards", "organisation", "people", "areas", "assets", "notices", "savedViews"):
        root = next(one for one in shape.roots() if one.name == name)
        query, variables = shape.question(root, shape.usual(SENSIBLE), deep=3)
        answer = await border.wire.post({"query": query, "variables": variables}, border.token)
        assert border.b.mark in json.dumps(answer.json(), ensure_ascii=False), (name, answer.text)


async def test_signing_up_under_a_known_id_tells_nothing(border: Border) -> None:
    said = await border.wire.act(
        "signUp", "{ companyId }", None,
        id=str(border.a.company.id), code=f"x{new_id().hex[-10:]}", name="甲", founder="乙", account="c", password="Jia&Fang-2026",
    )  # fmt: skip

    assert said["result"] is None
    assert [problem["code"] for problem in said["errors"]] == ["CONFLICT"]
    assert border.a.mark not in json.dumps(said)


async def test_nobody_is_answered_without_signing_in(border: Border) -> None:
    opened: list[str] = []
    for root in shape.roots():
        query, variables = shape.question(root, shape.usual(border.values()))
        answer = (await border.wire.post({"query": query, "variables": variables})).text
        if "NOT_SIGNED_IN" not in answer:
            opened.append(root.name)

    assert sorted(opened) == ["activate", "signIn", "signUp"]


@contextmanager
def leaking(settings: Settings, table: str) -> Iterator[None]:
    """A build in which one table's border is open."""
    with psycopg.connect(settings.database_url, autocommit=True) as owner:
        owner.execute(f"create policy leak on {table} to anhuan_app using ((select true))")
        try:
            yield
        finally:
            owner.execute(f"drop policy leak on {table}")


@pytest.mark.parametrize(("table", "kind", "through"), [
    ("cases", "case", "case.id"), ("people", "person", "person.id"), ("units", "unit", "unit.id"),
])  # fmt: skip
async def test_a_leak_is_found(
    border: Border, settings: Settings, table: str, kind: str, through: str
) -> None:
    """Positive control: with the policy of one table opened, the very same check speaks up."""
    with leaking(settings, table):
        found = await findings(border, kind)

    assert any(one.startswith(f"{through}:") for one in found), found
