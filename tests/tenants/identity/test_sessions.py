"""A session goes on by refreshing, and ends for good when it is ended, idle, stolen or shut out."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import select, text

from anhuan_infra.errors import NotSignedIn
from anhuan_infra.ids import new_id
from anhuan_infra.record.models import RecordEntry
from anhuan_tenants.identity import entry, refreshing
from anhuan_tenants.identity.errors import OtherPerson
from anhuan_tenants.identity.models import SignIn
from anhuan_tenants.identity.service import sessions as keeping
from anhuan_tenants.identity.service import sign_in
from anhuan_tenants.identity.service.sign_in import SignedIn, Tokens
from tests.support.people import PASSWORD, Cast, Company


async def _begun(company: Company, account: str = "founder", *, stay: bool = False) -> SignedIn:
    return await sign_in.sign_in(
        company.sessions, company.settings, company.code, account, PASSWORD, stay=stay
    )


async def _refreshed(company: Company, token: str | None) -> Tokens:
    return await keeping.refresh(company.sessions, company.settings, token)


async def _later(company: Company, session_id: UUID, column: str, span: str) -> None:
    async with company.house() as work:
        await work.session.execute(
            text(f"update sign_ins set {column} = {column} - interval '{span}' where id = :id"),
            {"id": session_id},
        )


async def _ended_why(company: Company, session_id: UUID) -> str | None:
    async with company.house() as work:
        return await work.session.scalar(select(SignIn.ended_why).where(SignIn.id == session_id))


async def _is_in(company: Company, access_token: str) -> bool:
    try:
        await entry.authenticate(company.sessions, company.settings, access_token)
    except NotSignedIn:
        return False
    return True


async def test_refreshing_gives_a_new_pair_and_the_old_token_is_spent(company: Company) -> None:
    begun = await _begun(company)

    second = await _refreshed(company, begun.tokens.refresh_token)
    third = await _refreshed(company, second.refresh_token)

    assert len({begun.tokens.refresh_token, second.refresh_token, third.refresh_token}) == 3
    assert await _is_in(company, third.access_token)
    assert third.refresh_expires_at == begun.tokens.refresh_expires_at


async def test_using_an_older_token_ends_the_whole_family_and_is_recorded(company: Company) -> None:
    begun = await _begun(company)
    second = await _refreshed(company, begun.tokens.refresh_token)
    third = await _refreshed(company, second.refresh_token)

    with pytest.raises(NotSignedIn):
        await _refreshed(company, begun.tokens.refresh_token)

    assert not await _is_in(company, third.access_token)
    with pytest.raises(NotSignedIn):
        await _refreshed(company, third.refresh_token)
    async with company.house() as work:
        ended = (
            await work.session.scalars(select(RecordEntry).where(RecordEntry.act == "person.session_ended"))
        ).one()
    assert ended.body == {"session": str(begun.session_id), "why": "refresh token used again"}


async def _used_since(company: Company, begun: SignedIn, pair: Tokens) -> None:
    """The owner got the pair and went on working, well after the refresh."""
    await _later(company, begun.session_id, "rotated_at", "11 s")
    assert await _is_in(company, pair.access_token)


async def test_a_lost_answer_may_be_asked_for_again_within_ten_seconds(company: Company) -> None:
    begun = await _begun(company)

    second = await _refreshed(company, begun.tokens.refresh_token)
    again = await _refreshed(company, begun.tokens.refresh_token)
    assert again.refresh_token == second.refresh_token


async def test_a_phone_whose_answer_was_lost_in_a_tunnel_goes_on_minutes_later(company: Company) -> None:
    begun = await _begun(company)
    await _refreshed(company, begun.tokens.refresh_token)
    await _later(company, begun.session_id, "rotated_at", "20 min")

    assert await _is_in(company, begun.tokens.access_token), "what else it asked meanwhile proves nothing"
    await _refreshed(company, begun.tokens.refresh_token)
    await _later(company, begun.session_id, "rotated_at", "5 min")
    arrived = await _refreshed(company, begun.tokens.refresh_token)

    onward = await _refreshed(company, arrived.refresh_token)
    assert await _is_in(company, onward.access_token)


async def test_a_token_whose_successor_was_seen_in_use_is_a_copy(company: Company) -> None:
    begun = await _begun(company)
    second = await _refreshed(company, begun.tokens.refresh_token)
    await _used_since(company, begun, second)

    with pytest.raises(NotSignedIn):
        await _refreshed(company, begun.tokens.refresh_token)

    assert await _ended_why(company, begun.session_id) == "refresh token used again"
    assert not await _is_in(company, second.access_token)


async def test_who_has_the_lost_answer_after_all_is_found_out(company: Company) -> None:
    """A thief turned the stolen token first and kept still; the owner comes late and goes on; the thief cannot."""
    begun = await _begun(company)
    thief = await _refreshed(company, begun.tokens.refresh_token)
    await _later(company, begun.session_id, "rotated_at", "20 min")
    owner = await _refreshed(company, begun.tokens.refresh_token)
    assert owner.refresh_token != thief.refresh_token

    with pytest.raises(NotSignedIn):
        await _refreshed(company, thief.refresh_token)

    assert await _ended_why(company, begun.session_id) == "refresh token used again"
    assert not await _is_in(company, owner.access_token)


async def test_tabs_that_wake_together_share_one_family(company: Company) -> None:
    begun = await _begun(company)

    tabs = await asyncio.gather(*(_refreshed(company, begun.tokens.refresh_token) for _ in range(8)))
    onward = await _refreshed(company, tabs[5].refresh_token)

    assert len({tab.refresh_token for tab in tabs}) == 1
    assert await _is_in(company, onward.access_token)


async def test_a_thief_and_the_owner_cannot_both_go_on(company: Company) -> None:
    """Both hold the same pair from within the ten seconds, and the thief turns it first."""
    begun = await _begun(company)
    stolen = begun.tokens.refresh_token
    owner = await _refreshed(company, stolen)
    thief = await _refreshed(company, stolen)
    assert thief.refresh_token == owner.refresh_token

    turned = await _refreshed(company, thief.refresh_token)
    await _used_since(company, begun, turned)
    with pytest.raises(NotSignedIn):
        await _refreshed(company, owner.refresh_token)

    assert not await _is_in(company, turned.access_token)


async def test_a_thief_in_step_with_the_owner_is_found_out_whoever_turns_first(company: Company) -> None:
    """For some rounds each holds what the other holds; then one of them turns, and whichever order the next acts come in, the
    session ends before both have turned again."""
    for owner_first in (True, False):
        begun = await _begun(company)
        shared = await _refreshed(company, begun.tokens.refresh_token)
        await _later(company, begun.session_id, "rotated_at", "9 min")
        first = await _refreshed(company, shared.refresh_token)
        await _later(company, begun.session_id, "rotated_at", "9 min")
        second = await _refreshed(company, shared.refresh_token)
        one, other = (first, second) if owner_first else (second, first)

        ended = 0
        for pair in (one, other):
            try:
                await _refreshed(company, pair.refresh_token)
            except NotSignedIn:
                ended += 1

        assert ended >= 1
        assert await _ended_why(company, begun.session_id) == "refresh token used again"


async def test_a_session_of_somebody_else_is_left_alone(company: Company) -> None:
    begun = await _begun(company)

    with pytest.raises(OtherPerson):
        await keeping.refresh(
            company.sessions, company.settings, begun.tokens.refresh_token, person_id=new_id()
        )

    mine = await keeping.refresh(
        company.sessions, company.settings, begun.tokens.refresh_token, person_id=begun.person_id
    )
    assert await _is_in(company, mine.access_token)


async def test_noise_under_a_known_session_id_does_not_end_it(company: Company) -> None:
    begun = await _begun(company)
    tenant, session, secret = begun.tokens.refresh_token.split(".")
    forged = refreshing.first(company.settings.secrets, company.id, new_id()).text.split(".")[2]
    noise = [
        f"{tenant}.{session}.{'A' * len(secret)}",
        f"{tenant}.{session}.{forged}",
        f"{tenant}.{session}.{secret[:-4]}AAAA",
        f"{tenant}.{session}.",
        f"{tenant}.{session}",
        "..",
        "安.环.令",
        "\ud800.\x00.x",
        "x" * 5000,
        "",
        None,
    ]

    for token in noise:
        with pytest.raises(NotSignedIn):
            await _refreshed(company, token)

    assert await _is_in(company, begun.tokens.access_token)
    assert await _refreshed(company, begun.tokens.refresh_token)


async def test_a_token_does_not_open_another_company(cast: Cast) -> None:
    a, b = cast.a, cast.b
    begun = await _begun(a, "lin")
    _, session, secret = begun.tokens.refresh_token.split(".")

    with pytest.raises(NotSignedIn):
        await _refreshed(b, f"{b.id.hex}.{session}.{secret}")

    assert await _is_in(a, begun.tokens.access_token)


async def test_signing_out_ends_this_session_only(company: Company) -> None:
    here, there = await _begun(company), await _begun(company)
    me = await entry.authenticate(company.sessions, company.settings, here.tokens.access_token)

    async with company.work(me) as work:
        await keeping.sign_out(work)
        await keeping.sign_out(work)

    assert not await _is_in(company, here.tokens.access_token)
    with pytest.raises(NotSignedIn):
        await _refreshed(company, here.tokens.refresh_token)
    assert await _is_in(company, there.tokens.access_token)


async def test_signing_out_everywhere_ends_all_of_them(company: Company) -> None:
    begun = [await _begun(company) for _ in range(3)]

    async with company.work() as work:
        open_before = await keeping.open_sessions(work)
        ended = await keeping.sign_out_everywhere(work)

    assert {row.id for row in open_before} == {one.session_id for one in begun}
    assert ended == 3
    assert [await _is_in(company, one.tokens.access_token) for one in begun] == [False] * 3


async def test_an_idle_session_ends_and_a_used_one_does_not(company: Company) -> None:
    used, idle, asleep = [await _begun(company) for _ in range(3)]

    await _later(company, used.session_id, "used_at", "29 min")
    assert await _is_in(company, used.tokens.access_token)
    await _later(company, used.session_id, "used_at", "29 min")
    assert await _is_in(company, used.tokens.access_token)

    await _later(company, idle.session_id, "used_at", "30 min")
    assert not await _is_in(company, idle.tokens.access_token)
    assert await _ended_why(company, idle.session_id) == "idle"

    await _later(company, asleep.session_id, "used_at", "30 min")
    with pytest.raises(NotSignedIn):
        await _refreshed(company, asleep.tokens.refresh_token)


async def test_no_session_outlives_its_longest_end(company: Company) -> None:
    begun = await _begun(company)

    await _later(company, begun.session_id, "expires_at", "30 days")

    assert not await _is_in(company, begun.tokens.access_token)
    with pytest.raises(NotSignedIn):
        await _refreshed(company, begun.tokens.refresh_token)
