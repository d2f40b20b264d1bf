"""Modules over the wire: lapsed is read-only, never subscribed says what it would do, and it holds from the next request on."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_platform.loops.service.opening import install_library
from anhuan_tenants.companies import versions
from anhuan_tenants.subscriptions.models import Subscription
from tests.graphql.test_isolation import SENSIBLE
from tests.support import shape
from tests.support.people import Company, a_company
from tests.support.wire import Wire

BOARD = "{ hazards { totalCount } }"


@pytest.fixture
async def company(sessions: Sessions, settings: Settings) -> Company:
    """A company of its own."""
    return await a_company(sessions, settings, after=[install_library])


async def lapse(company: Company, module: str) -> None:
    """Have a module's trial and grace lie in the past."""
    async with company.house() as work:
        past = work.now - timedelta(days=60)
        await work.session.execute(
            update(Subscription).where(Subscription.module == module).values(ends_at=past, grace_ends_at=past)
        )
        await versions.policy_changed(work)


async def test_a_lapsed_module_is_read_and_not_changed(wire: Wire, company: Company) -> None:
    token = await wire.token_of(company.id, company.founder_id)
    hazard = str(new_id())
    await wire.done("reportHazard", "{ id }", token, id=hazard, description="护栏缺失")

    await lapse(company, "hazards")

    assert (await wire.data(BOARD, token))["totalCount"] == 1
    said = await wire.act("reportHazard", "{ id }", token, id=str(new_id()), description="再报一处")
    assert (said["result"], said["errors"][0]["code"]) == (None, "MODULE_READ_ONLY")
    comment = await wire.act("comment", "{ id }", token, id=str(new_id()), caseId=hazard, body="x")
    assert comment["errors"][0]["code"] == "MODULE_READ_ONLY", "what needs a lapsed module is no better off"


async def test_a_module_given_up_says_what_it_does(wire: Wire, company: Company) -> None:
    token = await wire.token_of(company.id, company.founder_id)
    await wire.done("unsubscribe", "{ module { code } }", token, id=str(new_id()), module="collaboration")

    said = await wire.act("comment", "{ id }", token, id=str(new_id()), caseId=str(new_id()), body="x")

    assert said["errors"][0]["code"] == "MODULE_NOT_SUBSCRIBED"
    assert "讨论隐患" in said["errors"][0]["message"] or "讨论" in said["errors"][0]["message"]
    taken_up = await wire.done(
        "subscribe", "{ module { code } terms }", token, id=str(new_id()), modules=["collaboration"]
    )
    assert {one["module"]["code"]: one["terms"] for one in taken_up}["collaboration"] == "TRIAL"
    again = await wire.act("comment", "{ id }", token, id=str(new_id()), caseId=str(new_id()), body="x")
    assert again["errors"][0]["code"] == "NOT_FOUND"


async def test_every_field_of_a_module_is_closed_with_it(wire: Wire, company: Company) -> None:
    token = await wire.token_of(company.id, company.founder_id)
    for module in ("collaboration", "hazards", "channels", "audit", "parties"):
        await wire.done("unsubscribe", "{ terms }", token, id=str(new_id()), module=module)

    answered: dict[str, set[str]] = {"open": set(), "closed": set()}
    ids = {
        leaf.key: str(new_id())
        for root in shape.roots()
        for leaf in shape.leaves(root)
        if leaf.kind == "UUID"
    }
    for root in shape.roots():
        if root.name in ("signOut", "subscribe"):
            continue  # the one would end the session, the other open a module again
        query, variables = shape.question(root, shape.usual(SENSIBLE | ids | {"UUID": str(new_id())}))
        text = (await wire.post({"query": query, "variables": variables}, token)).text
        answered["closed" if "MODULE_NOT_SUBSCRIBED" in text else "open"].add(root.name)

    assert {
        "hazards",
        "hazard",
        "case",
        "myTasks",
        "reportHazard",
        "review",
        "stopWork",
        "comment",
    } <= answered["closed"]
    assert {"record", "channels", "setChannel", "parties", "addParty", "requestUpload"} <= answered["closed"]
    assert {"me", "organisation", "people", "notices", "markRead"} <= answered["open"]


async def test_a_node_of_a_closed_module_stays_closed(wire: Wire, company: Company) -> None:
    token = await wire.token_of(company.id, company.founder_id)
    hazard = str(new_id())
    await wire.done("reportHazard", "{ id }", token, id=hazard, description="护栏缺失")
    for module in ("collaboration", "hazards"):
        await wire.done("unsubscribe", "{ terms }", token, id=str(new_id()), module=module)

    said = await wire.ask("query($id: UUID!) { node(id: $id) { id } }", token, id=hazard)

    assert said["errors"][0]["extensions"]["code"] == "MODULE_NOT_SUBSCRIBED"
