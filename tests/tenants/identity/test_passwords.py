"""Which passwords are accepted, how they are changed, and how a first one is set with an activation code."""

import asyncio
from itertools import pairwise

import pytest
from sqlalchemy import text

from anhuan_infra.errors import BadInput, Forbidden, NotFound
from anhuan_tenants.identity import errors, password_rules, passwords
from anhuan_tenants.identity.password_rules import Fault, PasswordRefused
from anhuan_tenants.identity.service import credentials, sign_in
from tests.support.people import PASSWORD, Cast, Company

NAMES = ("w1024", "林小雨", "hengtai", "恒泰金属")


@pytest.mark.parametrize(
    "good",
    [PASSWORD, "Zs-9f!kk2qT", "correct horse Battery", "安全第一Aq2026", "ABCDEF12345-", "密码abc1234567"],
)
def test_a_good_password_is_accepted(good: str) -> None:
    password_rules.check(good, NAMES)


@pytest.mark.parametrize(
    ("bad", "faults"),
    [
        ("", {Fault.SHORT, Fault.PLAIN, Fault.COMMON}),
        ("Ab1-Ab1-x", {Fault.SHORT}),
        ("abcdefghijkl", {Fault.PLAIN}),
        ("abcdefghijk1", {Fault.PLAIN}),
        ("1234567890", {Fault.PLAIN, Fault.COMMON}),
        ("Password123!", {Fault.COMMON}),
        ("Anquan@2026", {Fault.COMMON}),
        ("Aa1Aa1Aa1Aa1", {Fault.COMMON}),
        ("X-W1024-yz-77", {Fault.NAMED}),
        ("林小雨-Abc-2026", {Fault.NAMED}),
        ("Hengtai-site-7", {Fault.NAMED}),
        ("Zs-9f!kk2qT" * 12, {Fault.LONG}),
    ],
)
def test_a_bad_password_is_refused_with_all_that_is_wrong(bad: str, faults: set[Fault]) -> None:
    with pytest.raises(PasswordRefused) as refused:
        password_rules.check(bad, NAMES)

    assert set(refused.value.faults) == faults
    assert refused.value.code == "PASSWORD_REFUSED"
    assert refused.value.message("zh") != refused.value.message("en")


@pytest.mark.parametrize("bad", ["Abc-123\x00456789", "Abc-123\ud800456789", "x" * 1001])
def test_a_password_that_is_not_text_is_bad_input(bad: str) -> None:
    with pytest.raises(BadInput):
        password_rules.check(bad, NAMES)


async def test_hashing_is_argon2id_and_forgets_how_signs_were_composed() -> None:
    stored = await passwords.hashed("Caf\u00e9-12345-x")

    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await passwords.matches(stored, "Cafe\u0301-12345-x")
    assert not await passwords.matches(stored, "Cafe-12345-x")
    assert not await passwords.matches("not a hash", "Cafe-12345-x")


async def test_a_crowd_at_the_door_is_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "WAITING", 3)

    said = await asyncio.gather(*(passwords.matches(None, "x") for _ in range(6)), return_exceptions=True)

    assert [type(answer) for answer in said] == [bool] * 3 + [passwords.Busy] * 3
    assert await passwords.matches(None, "x") is False


async def test_a_person_changes_the_password_and_other_sessions_end(company: Company) -> None:
    person = await company.person("林小雨", account="lin")
    here = await sign_in.sign_in(company.sessions, company.settings, company.code, "lin", PASSWORD)
    await sign_in.sign_in(company.sessions, company.settings, company.code, "lin", PASSWORD)
    me = await company.actor(person)

    with pytest.raises(errors.PasswordWrong):
        await credentials.set_password(company.sessions, company.settings, me, "wrong", "New-one-4711")
    await credentials.set_password(company.sessions, company.settings, me, PASSWORD, "New-one-4711")

    with pytest.raises(errors.SignInRefused):
        await sign_in.sign_in(company.sessions, company.settings, company.code, "lin", PASSWORD)
    again = await sign_in.sign_in(company.sessions, company.settings, company.code, "lin", "New-one-4711")
    assert again.session_id != here.session_id
    async with company.house() as work:
        still_open = await work.session.scalars(text("select id from sign_ins where ended_at is null"))
        assert still_open.all() == [again.session_id]


async def test_the_last_five_passwords_do_not_come_back(company: Company) -> None:
    person = await company.person("林小雨", account="lin")
    me = await company.actor(person)
    used = [PASSWORD, *(f"Changing-{number}-x" for number in range(5))]
    for present, wanted in pairwise(used):
        await credentials.set_password(company.sessions, company.settings, me, present, wanted)

    for earlier in used:
        with pytest.raises(PasswordRefused) as refused:
            await credentials.set_password(company.sessions, company.settings, me, used[-1], earlier)
        assert refused.value.faults == (Fault.USED,)
    await credentials.set_password(company.sessions, company.settings, me, used[-1], "Changing-9-x")
    await credentials.set_password(company.sessions, company.settings, me, "Changing-9-x", PASSWORD)


async def test_guessing_the_present_password_locks_like_any_guessing(company: Company) -> None:
    me = await company.actor(await company.person("林小雨", account="lin"))

    for _ in range(5):
        with pytest.raises(errors.PasswordWrong):
            await credentials.set_password(company.sessions, company.settings, me, "wrong", "New-one-4711")
    with pytest.raises(errors.AccountLocked):
        await credentials.set_password(company.sessions, company.settings, me, PASSWORD, "New-one-4711")


async def test_an_invited_person_sets_a_first_password_once(company: Company) -> None:
    person = await company.person("新人", account="new", password_hash=None)
    async with company.work() as work:
        codes = await credentials.invite(work, company.settings, [person])
    sessions, settings = company.sessions, company.settings

    with pytest.raises(errors.ActivationRefused):
        await credentials.activate(sessions, settings, company.code, "new", "AAAA-BBBB-CCCC", "First-one-99")
    with pytest.raises(PasswordRefused):
        await credentials.activate(sessions, settings, company.code, "new", codes[person], "short")
    typed = codes[person].lower().replace("-", " ")
    await credentials.activate(sessions, settings, company.code, "new", typed, "First-one-99")
    with pytest.raises(errors.ActivationRefused):
        await credentials.activate(sessions, settings, company.code, "new", codes[person], "Second-one-99")

    signed_in = await sign_in.sign_in(sessions, settings, company.code, "new", "First-one-99")
    assert signed_in.person_id == person


async def test_an_invitation_ends_the_old_password_and_lifts_a_lock(company: Company) -> None:
    person = await company.person("林小雨", account="lin")
    for _ in range(5):
        with pytest.raises(errors.SignInRefused):
            await sign_in.sign_in(company.sessions, company.settings, company.code, "lin", "wrong")

    async with company.work() as work:
        codes = await credentials.invite(work, company.settings, [person])

    with pytest.raises(errors.SignInRefused):
        await sign_in.sign_in(company.sessions, company.settings, company.code, "lin", PASSWORD)
    with pytest.raises(PasswordRefused):
        await credentials.activate(
            company.sessions, company.settings, company.code, "lin", codes[person], PASSWORD
        )
    await credentials.activate(
        company.sessions, company.settings, company.code, "lin", codes[person], "Second-one-99"
    )


async def test_an_activation_code_runs_out_and_cannot_be_guessed(company: Company) -> None:
    late = await company.person("太晚", account="late", password_hash=None)
    async with company.work() as work:
        codes = await credentials.invite(work, company.settings, [late])
    async with company.house() as work:
        await work.session.execute(text("update credentials set activation_until = now() - interval '1 s'"))
    sessions, settings, code = company.sessions, company.settings, company.code

    with pytest.raises(errors.ActivationRefused):
        await credentials.activate(sessions, settings, code, "late", codes[late], "First-one-99")
    for _ in range(5):
        with pytest.raises(errors.ActivationRefused):
            await credentials.activate(sessions, settings, code, "late", "2222-2222-2222", "First-one-99")
    with pytest.raises(errors.AccountLocked):
        await credentials.activate(sessions, settings, code, "late", codes[late], "First-one-99")


async def test_only_who_manages_people_invites_them(cast: Cast) -> None:
    lin = cast.lin.person_id
    assert lin

    async with cast.a.work(cast.wei) as work:
        with pytest.raises(Forbidden):
            await credentials.invite(work, cast.a.settings, [lin])
    async with cast.b.work() as work:
        with pytest.raises(NotFound):
            await credentials.invite(work, cast.b.settings, [lin])
