"""People sign in by account, e-mail or telephone; guessing locks; nothing tells which accounts exist."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import select, text

from anhuan_infra.db.engine import Sessions, enter
from anhuan_infra.errors import BadInput, Refused
from anhuan_infra.ids import new_id
from anhuan_infra.record.models import RecordEntry
from anhuan_infra.settings import Settings
from anhuan_infra.work import Source, Work
from anhuan_tenants.companies.rules import Strictness
from anhuan_tenants.identity import entry, errors, passwords, repository, tokens
from anhuan_tenants.identity.models import Credential
from anhuan_tenants.identity.service import sign_in
from anhuan_tenants.identity.throttle import Throttle
from tests.support.people import PASSWORD, Cast, Company, a_company


async def test_a_person_signs_in_by_company_and_account(cast: Cast) -> None:
    a = cast.a

    signed_in = await sign_in.sign_in(a.sessions, a.settings, a.code.upper(), " lin ", PASSWORD)
    member = await entry.authenticate(a.sessions, a.settings, signed_in.tokens.access_token)

    assert (member.tenant_id, member.person_id) == (a.id, cast.lin.person_id)
    assert member.name == "林小雨"
    assert member.session_id == signed_in.session_id
    assert tokens.read(a.settings.secrets, signed_in.tokens.access_token).tenant_id == a.id
    assert not signed_in.password_expired


async def test_email_and_telephone_find_the_person_however_they_are_written(company: Company) -> None:
    mark = new_id().hex[-8:]
    mobile = f"138{int(mark, 16) % 10**8:08d}"
    person = await company.person("周洁", email=f"zhou.{mark}@example.com", phone=f"+86{mobile}")

    for name in (f"Zhou.{mark}@Example.com", mobile, f"+86 {mobile[:3]}-{mobile[3:]}"):
        for code in (None, company.code):
            signed_in = await sign_in.sign_in(company.sessions, company.settings, code, name, PASSWORD)
            assert signed_in.person_id == person


async def test_someone_in_two_companies_chooses_only_among_those_that_know_the_password(
    company: Company, sessions: Sessions, settings: Settings
) -> None:
    email = f"two-{new_id().hex[-8:]}@example.com"
    other = await a_company(sessions, settings, name="大洋化工有限公司")
    stranger = await a_company(sessions, settings)
    await company.person("两家", email=email)
    in_other = await other.person("两家", email=email)
    await stranger.person("冒名", email=email, password_hash=await passwords.hashed("Other-pass-99"))

    with pytest.raises(errors.ChooseCompany) as chosen:
        await sign_in.sign_in(sessions, settings, None, email, PASSWORD)
    signed_in = await sign_in.sign_in(sessions, settings, other.code, email, PASSWORD)
    only = await sign_in.sign_in(sessions, settings, None, email, "Other-pass-99")

    offered = chosen.value.facts["companies"]
    assert isinstance(offered, list)
    assert {company["code"] for company in offered} == {company.code, other.code}
    assert signed_in.person_id == in_other
    assert only.tenant_id == stranger.id


async def test_the_answer_is_the_same_whether_or_not_the_account_exists(company: Company) -> None:
    said: list[tuple[str, str]] = []

    for code, name in ((company.code, "founder"), (company.code, "nobody"), ("no-such-company", "founder")):
        for _ in range(6):
            with pytest.raises(Refused) as refused:
                await sign_in.sign_in(company.sessions, company.settings, code, name, "wrong")
            said.append((refused.value.code, str(refused.value)))

    assert said[:6] == said[6:12] == said[12:]
    assert [code for code, _ in said[:6]] == ["SIGN_IN_REFUSED"] * 5 + ["ACCOUNT_LOCKED"]


async def test_five_failures_lock_the_account_even_for_the_right_password_and_are_recorded(
    company: Company,
) -> None:
    person = await company.person("被猜", account="guessed")
    source = Source(address="203.0.113.9", client="console")

    for _ in range(5):
        with pytest.raises(errors.SignInRefused):
            await sign_in.sign_in(
                company.sessions, company.settings, company.code, "guessed", "wrong", source
            )
    with pytest.raises(errors.AccountLocked):
        await sign_in.sign_in(company.sessions, company.settings, company.code, "guessed", PASSWORD)

    async with company.house() as work:
        entries = list(
            await work.session.scalars(
                select(RecordEntry).where(RecordEntry.subject_id == person).order_by(RecordEntry.at)
            )
        )
    assert [entry.act for entry in entries] == ["person.sign_in_failed"] * 5 + ["person.locked"]
    assert {entry.actor_kind for entry in entries} == {"system"}
    assert entries[0].source == {"client": "console"}
    assert set(entries[0].personal or {}) == {"address"}


async def test_a_lock_ends_by_itself_and_a_good_sign_in_forgets_failures(company: Company) -> None:
    person = await company.person("手滑", account="clumsy")

    for _ in range(5):
        with pytest.raises(errors.SignInRefused):
            await sign_in.sign_in(company.sessions, company.settings, company.code, "clumsy", "wrong")
    async with company.house() as work:
        await work.session.execute(
            text(
                "update credentials set locked_until = now() - interval '1 s',"
                " failed_at = now() - interval '16 min'"
            )
        )
    for _ in range(4):
        with pytest.raises(errors.SignInRefused):
            await sign_in.sign_in(company.sessions, company.settings, company.code, "clumsy", "wrong")
    signed_in = await sign_in.sign_in(company.sessions, company.settings, company.code, "clumsy", PASSWORD)

    assert signed_in.person_id == person
    async with company.house() as work:
        credential = await work.session.get_one(Credential, (company.id, person))
        assert (credential.failures, credential.locked_until) == (0, None)


async def test_many_guesses_at_once_are_judged_as_five(company: Company) -> None:
    await company.person("并发", account="parallel")

    async def guess(number: int) -> str:
        try:
            await sign_in.sign_in(
                company.sessions, company.settings, company.code, "parallel", f"wrong {number}"
            )
        except Refused as refused:
            return refused.code
        return "OPEN"

    said = await asyncio.gather(*(guess(number) for number in range(25)))

    assert sorted(said) == ["ACCOUNT_LOCKED"] * 20 + ["SIGN_IN_REFUSED"] * 5


async def test_one_person_on_many_devices_at_once_is_never_locked_out(company: Company) -> None:
    await company.person("多端", account="devices")

    signed_in = await asyncio.gather(
        *(
            sign_in.sign_in(company.sessions, company.settings, company.code, "devices", PASSWORD)
            for _ in range(12)
        )
    )

    assert len({one.session_id for one in signed_in}) == 12


async def test_an_unknown_account_costs_the_door_as_much_work_as_a_known_one(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str | None] = []
    matches = passwords.matches

    async def counted(stored: str | None, password: str) -> bool:
        judged.append(stored)
        return await matches(stored, password)

    monkeypatch.setattr(passwords, "matches", counted)
    for code, name in ((company.code, "founder"), (company.code, "ghost"), ("nowhere-at-all", "ghost")):
        with pytest.raises(errors.SignInRefused):
            await sign_in.sign_in(company.sessions, company.settings, code, name, "wrong")

    assert len(judged) == 3
    assert judged[1:] == [None, None]
    assert not await matches(None, "nobody has this password")


async def test_a_person_without_a_password_cannot_sign_in(company: Company) -> None:
    await company.person("未激活", account="fresh", password_hash=None)

    for password in ("", "None", PASSWORD):
        with pytest.raises(errors.SignInRefused):
            await sign_in.sign_in(company.sessions, company.settings, company.code, "fresh", password)


async def test_an_old_hash_is_made_anew_and_an_old_password_is_warned_of(company: Company) -> None:
    person = await company.person("旧密码", account="aged")
    async with company.house() as work:
        await work.session.execute(text("update credentials set changed_at = now() - interval '91 days'"))

    signed_in = await sign_in.sign_in(company.sessions, company.settings, company.code, "aged", PASSWORD)

    assert signed_in.password_expired
    async with company.house() as work:
        credential = await work.session.get_one(Credential, (company.id, person))
        assert credential.password_hash is not None
        assert "m=19456,t=2,p=1" in credential.password_hash
        assert await passwords.matches(credential.password_hash, PASSWORD)


async def test_the_directory_cannot_be_listed(cast: Cast, sessions: Sessions) -> None:
    secrets = cast.a.settings.secrets
    key = secrets.lookup(f"company:{cast.a.code}")
    contexts: list[tuple[dict[str, str], int]] = [
        ({}, 0),
        (cast.wei.context(), 0),
        ({"app.lookup": ""}, 0),
        ({"app.lookup": "%"}, 0),
        ({"app.lookup": secrets.lookup(cast.a.code)}, 0),
        ({"app.lookup": key}, 1),
    ]

    for context, seen in contexts:
        async with sessions() as session:
            enter(session, context)
            async with session.begin():
                rows = await session.scalars(text("select leads_to from sign_in_names"))
                assert len(rows.all()) == seen


@pytest.mark.parametrize("bad", ["\x00", "a\ud800", "x" * 2000])
async def test_what_is_not_text_is_refused_with_its_field(cast: Cast, bad: str) -> None:
    a = cast.a

    for path, asked in (
        ("company", (bad, "lin", "p")),
        ("name", (a.code, bad, "p")),
        ("password", (a.code, "lin", bad)),
    ):
        with pytest.raises(BadInput) as refused:
            await sign_in.sign_in(a.sessions, a.settings, *asked)
        assert refused.value.path == path


async def test_guesses_that_were_counted_only_afterwards_would_slip_past_the_lock(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the lock: without counting first, all guesses are judged."""
    await company.person("并发", account="uncounted")

    async def uncounted(work: Work, person_id: UUID, strictness: Strictness) -> Credential | None:
        return await work.session.get(Credential, (work.tenant_id, person_id))

    monkeypatch.setattr(repository, "reserve", uncounted)
    said: list[str] = []
    for number in range(8):
        with pytest.raises(Refused) as refused:
            await sign_in.sign_in(
                company.sessions, company.settings, company.code, "uncounted", f"wrong {number}"
            )
        said.append(refused.value.code)

    assert said == ["SIGN_IN_REFUSED"] * 8


async def test_an_address_that_fails_too_often_is_stopped(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "_addresses", Throttle(limit=3, seconds=60))
    far, near = Source(address="203.0.113.77"), Source(address="127.0.0.1")
    sessions, settings, code = company.sessions, company.settings, company.code

    for number in range(3):
        with pytest.raises(errors.SignInRefused):
            await sign_in.sign_in(sessions, settings, code, f"ghost-{number}", "wrong", far)
    with pytest.raises(errors.TooManyAttempts):
        await sign_in.sign_in(sessions, settings, code, "founder", PASSWORD, far)

    assert (
        await sign_in.sign_in(sessions, settings, code, "founder", PASSWORD, near)
    ).tenant_id == company.id
