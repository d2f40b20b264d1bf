"""Who asks to stay signed in (在本机保持登录) is not asked for a password after every break, and is shut out all the same."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, text

from anhuan_infra.errors import NotSignedIn
from anhuan_infra.record.models import RecordEntry
from anhuan_tenants.companies import service as companies
from anhuan_tenants.companies.rules import Strictness
from anhuan_tenants.identity import entry
from anhuan_tenants.identity.models import SignIn
from anhuan_tenants.identity.service import credentials, sign_in, standing
from anhuan_tenants.identity.service import sessions as keeping
from anhuan_tenants.identity.service.sign_in import SignedIn, Tokens
from tests.support.people import PASSWORD, Company

DAY = timedelta(days=1)


async def _staying(company: Company, account: str = "founder", *, stay: bool = True) -> SignedIn:
    return await sign_in.sign_in(
        company.sessions, company.settings, company.code, account, PASSWORD, stay=stay
    )


async def _pass(company: Company, session_id: UUID, span: timedelta) -> None:
    """Let so much time go by without use."""
    async with company.house() as work:
        await work.session.execute(
            text(
                "update sign_ins set used_at = used_at - :span, expires_at = expires_at - :span,"
                " rotated_at = rotated_at - :span where id = :id"
            ),
            {"span": span, "id": session_id},
        )


async def _refreshed(company: Company, tokens: Tokens) -> Tokens | None:
    try:
        return await keeping.refresh(company.sessions, company.settings, tokens.refresh_token)
    except NotSignedIn:
        return None


async def _is_in(company: Company, tokens: Tokens) -> bool:
    try:
        await entry.authenticate(company.sessions, company.settings, tokens.access_token)
    except NotSignedIn:
        return False
    return True


async def _why(company: Company, session_id: UUID) -> str | None:
    async with company.house() as work:
        return await work.session.scalar(select(SignIn.ended_why).where(SignIn.id == session_id))


async def test_a_phone_is_known_again_after_a_holiday_and_a_desk_is_not(company: Company) -> None:
    phone, desk = await _staying(company), await _staying(company, stay=False)

    for begun in (phone, desk):
        await _pass(company, begun.session_id, 29 * DAY)

    assert await _refreshed(company, phone.tokens)
    assert await _is_in(company, phone.tokens)
    assert await _refreshed(company, desk.tokens) is None
    assert await _why(company, desk.session_id) == "idle"


async def test_weeks_without_use_end_it_at_either_door(company: Company) -> None:
    asking, turning = await _staying(company), await _staying(company)

    for begun in (asking, turning):
        await _pass(company, begun.session_id, 30 * DAY)

    assert not await _is_in(company, asking.tokens)
    assert await _refreshed(company, turning.tokens) is None
    assert [await _why(company, begun.session_id) for begun in (asking, turning)] == ["idle", "idle"]


async def test_it_lasts_half_a_year_however_it_is_used(company: Company) -> None:
    begun = await _staying(company)
    tokens = begun.tokens

    for _ in range(8):
        await _pass(company, begun.session_id, 20 * DAY)
        onward = await _refreshed(company, tokens)
        assert onward
        tokens = onward
    await _pass(company, begun.session_id, 20 * DAY)

    assert await _refreshed(company, tokens) is None
    assert not await _is_in(company, tokens)


async def test_a_company_says_how_long_and_open_sessions_obey(company: Company) -> None:
    begun, later = await _staying(company), await _staying(company)
    async with company.work() as work:
        await companies.set_strictness(work, Strictness(stay_hours=8))

    await _pass(company, begun.session_id, timedelta(hours=7))
    assert await _is_in(company, begun.tokens)
    await _pass(company, later.session_id, timedelta(hours=8))
    assert not await _is_in(company, later.tokens)


async def test_disabling_a_new_password_and_signing_out_end_it_at_once(company: Company) -> None:
    left, changed = await _staying(company), await _staying(company)
    me = await entry.authenticate(company.sessions, company.settings, left.tokens.access_token)
    async with company.work(me) as work:
        await keeping.sign_out(work)
    assert await _refreshed(company, left.tokens) is None
    assert await _is_in(company, changed.tokens)

    async with company.work() as work:
        actor = work.actor
    await credentials.set_password(company.sessions, company.settings, actor, PASSWORD, "Kette-8mQz-71!u")
    assert await _refreshed(company, changed.tokens) is None
    assert not await _is_in(company, changed.tokens)


async def test_a_disabled_person_is_out_from_the_next_request_on(company: Company) -> None:
    worker = await company.person("林小雨", account="lin")
    begun = await _staying(company, "lin")

    async with company.work() as work:
        await standing.disable_person(work, worker)

    assert not await _is_in(company, begun.tokens)
    assert await _refreshed(company, begun.tokens) is None


async def test_that_it_stays_is_in_the_record_and_among_ones_sessions(company: Company) -> None:
    phone, desk = await _staying(company), await _staying(company, stay=False)

    async with company.work() as work:
        stays = {row.id: row.stays for row in await keeping.open_sessions(work)}
        entries = await work.session.scalars(select(RecordEntry).where(RecordEntry.act == "person.signed_in"))
        said = {UUID(one.body["session"]): one.body["stays"] for one in entries}

    assert stays == {phone.session_id: True, desk.session_id: False}
    assert said == stays
