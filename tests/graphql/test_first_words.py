"""A company comes, its people sign in, and a hazard is reported, seen and found again."""

from anhuan_infra.ids import new_id
from tests.support.people import PASSWORD, Cast
from tests.support.wire import Wire

BOARD = "{ hazards(orderBy: OPENED) { edges { node { id number title unit { name path } reporter { name } can } cursor } totalCount } }"


async def test_a_company_signs_up_and_its_founder_signs_in(wire: Wire) -> None:
    company = new_id()
    code = f"c{company.hex[-10:]}"
    founded = await wire.done(
        "signUp", "{ companyId code founderId }", None,
        id=str(company), code=code, name="恒泰金属", founder="赵敏", account="zhao", password=PASSWORD,
    )  # fmt: skip
    assert founded["companyId"] == str(company)

    begun = await wire.done(
        "signIn", "{ tokens { accessToken refreshToken } personId }", None,
        company=code, name="zhao", password=PASSWORD,
    )  # fmt: skip
    token = begun["tokens"]["accessToken"]
    me = await wire.data(
        "{ me { company { name } person { name account } can modules { module { code } terms } } }", token
    )

    assert me["company"]["name"] == "恒泰金属"
    assert me["person"] == {"name": "赵敏", "account": "zhao"}
    assert {"hazard.grade", "person.manage"} <= set(me["can"])
    assert {one["module"]["code"]: one["terms"] for one in me["modules"]}["hazards"] == "TRIAL"

    assert await wire.done("signOut", "", token) is True
    after = await wire.ask("{ me { language } }", token)
    assert after["data"] is None
    assert after["errors"][0]["extensions"]["code"] == "NOT_SIGNED_IN"


async def test_a_report_is_on_the_board_at_once(wire: Wire, cast: Cast, lin: str, wei: str) -> None:
    hazard = str(new_id())
    said = await wire.done(
        "reportHazard",
        "{ id number title stage stageName dueAt dueRule type { code } guess { type { code } percent because } tasks { step stepName seats { isMine candidates { name } } } }",
        lin, id=hazard, description="冲床防护罩缺失，手可伸入",
    )  # fmt: skip
    assert (said["id"], said["stageName"], said["type"]["code"]) == (hazard, "待定级", "machine_guard")
    assert said["tasks"][0]["stepName"] == "定级"
    assert said["dueRule"] == "grading"

    board = await wire.data(BOARD, wei)
    mine = next(edge["node"] for edge in board["edges"] if edge["node"]["id"] == hazard)
    assert mine["reporter"]["name"] == "林小雨"
    assert mine["unit"]["path"][-1] == "甲班"
    assert "hazard.grade" in mine["can"]

    found = await wire.data(
        "query($id: UUID!) { node(id: $id) { __typename id ... on Hazard { number } } }", lin, id=hazard
    )
    assert found == {"__typename": "Hazard", "id": hazard, "number": said["number"]}


async def test_the_same_report_twice_is_one_and_other_content_is_a_conflict(wire: Wire, lin: str) -> None:
    given = {"id": str(new_id()), "description": "地面油污"}
    first = await wire.done("reportHazard", "{ number }", lin, **given)
    again = await wire.done("reportHazard", "{ number }", lin, **given)
    assert again == first

    other = await wire.act("reportHazard", "{ number description }", lin, **given | {"description": "另一处"})
    assert other["result"] is None
    assert other["errors"][0]["code"] == "CONFLICT"
    assert other["errors"][0]["path"] == "id"
    kept = await wire.data("query($id: UUID!) { hazard(id: $id) { description } }", lin, id=given["id"])
    assert kept["description"] == "地面油污"


async def test_grading_answers_with_the_hazard_as_it_then_stands(wire: Wire, lin: str, wei: str) -> None:
    hazard = str(new_id())
    await wire.done("reportHazard", "{ id }", lin, id=hazard, description="配电箱漏电")

    graded = await wire.done(
        "gradeHazard",
        "{ grade gradedBy { name } stage can timeline { edges { node { act actor { name } } } totalCount } tasks(open: true) { step dueRule { rule } } }",
        wei, hazardId=hazard, grade="C",
    )  # fmt: skip

    assert (graded["grade"], graded["gradedBy"]["name"], graded["stage"]) == ("C", "魏建国", "dispatch")
    assert [task["step"] for task in graded["tasks"]] == ["assign"]
    acts = [edge["node"]["act"] for edge in graded["timeline"]["edges"]]
    assert acts[0] == "case.opened"
    assert "hazard.graded" in acts
    assert graded["timeline"]["totalCount"] == len(acts)


async def test_a_worker_may_not_grade_and_is_told_so_in_their_language(wire: Wire, lin: str) -> None:
    hazard = str(new_id())
    await wire.done("reportHazard", "{ id }", lin, id=hazard, description="安全带破损")

    said = await wire.act("gradeHazard", "{ id }", lin, hazardId=hazard, grade="B")

    assert said == {
        "result": None,
        "errors": [{"code": "FORBIDDEN", "path": None, "message": "您的权限不包含此操作（hazard.grade）。"}],
    }
