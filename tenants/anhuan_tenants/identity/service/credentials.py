"""Setting passwords: one's own, and the first one through an activation code (激活码) that an administrator hands out."""

import hashlib
import hmac
import secrets as chance
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from anhuan_infra import text
from anhuan_infra.db.engine import Sessions
from anhuan_infra.errors import NotSignedIn
from anhuan_infra.settings import Secrets, Settings
from anhuan_infra.work import Actor, Source, Work, open_work
from anhuan_tenants.access.acts import Act
from anhuan_tenants.identity import attempts, errors, password_rules, passwords, repository
from anhuan_tenants.identity.attempts import Attempt, Candidate
from anhuan_tenants.identity.models import Credential
from anhuan_tenants.identity.password_rules import Fault, PasswordRefused
from anhuan_tenants.identity.service import standing
from anhuan_tenants.identity.service.sign_in import as_person

ACTIVATION = timedelta(days=7)
"""How long an activation code can be used."""

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH = 12
"""Signs of a code: 60 bits, and the account locks after a few wrong ones."""


async def set_password(
    sessions: Sessions, settings: Settings, actor: Actor, present: str, wanted: str
) -> None:
    """Change one's own password. A wrong present one counts as a failed sign-in; all other sessions of the person end."""
    if actor.person_id is None:
        raise NotSignedIn()
    text.clean(present, "present", 1_000, may_be_empty=True)
    candidate = Candidate(actor.tenant_id, person_id=actor.person_id)
    async with attempts.alone(candidate):
        attempt = await attempts.begin(sessions, candidate, actor.source)
        if attempt is None:
            raise NotSignedIn()
        attempts.refuse_if_locked(attempt)
        if not await passwords.matches(attempt.password_hash, present):
            await attempts.failed(sessions, attempt, actor.source, "person.password_failed")
            raise errors.PasswordWrong(path="present")
        await _clear(sessions, attempt, actor.source)
    hashed = await _accepted(attempt, wanted, "wanted")
    async with open_work(sessions, as_person(attempt.account, actor.source, actor.session_id)) as work:
        await _store(work, attempt, hashed)
        await repository.end_sessions(
            work, "password changed", person_id=actor.person_id, keep=actor.session_id
        )
        work.record("person.password_changed", ("person", actor.person_id), unit_no=attempt.account.unit_no)


async def invite(work: Work, settings: Settings, people: Sequence[UUID]) -> dict[UUID, str]:
    """New activation codes for people whom the actor manages, shown this once and kept only as a keyed hash.

    A password the person had stops working, open sessions end and a lock is lifted: the same verb serves a forgotten
    password. Who may change rights can be invited anew only by who may change rights as well.
    """
    codes: dict[UUID, str] = {}
    known = await repository.without_password(work, people)
    for person_id in dict.fromkeys(people):
        person = await repository.person(work, person_id)
        work.allow(Act.PERSON_MANAGE, person)
        await standing.allow_over(work, person_id)
        credential = known.get(person_id) or Credential(id=person_id, earlier_hashes=[])
        work.session.add(credential)
        if credential.password_hash:
            credential.earlier_hashes = _remembered(credential.password_hash, credential.earlier_hashes)
        codes[person_id] = code = "".join(chance.choice(_ALPHABET) for _ in range(_LENGTH))
        credential.password_hash = None
        credential.activation_hash = _keyed(settings.secrets, person_id, code)
        credential.activation_until = work.now + ACTIVATION
        credential.failures, credential.failed_at, credential.locked_until = 0, None, None
        if person_id in known:
            await repository.end_sessions(work, "invited anew", person_id=person_id)
        work.record("person.invited", ("person", person_id), unit_no=person.home_unit_no)
    return {person_id: f"{code[:4]}-{code[4:8]}-{code[8:]}" for person_id, code in codes.items()}


async def activate(
    sessions: Sessions,
    settings: Settings,
    company: str,
    name: str,
    code: str,
    wanted: str,
    source: Source | None = None,
) -> None:
    """Set the first password with an activation code; the code works once. Wrong codes count like wrong passwords."""
    for value, path in ((company, "company"), (name, "name"), (code, "code")):
        text.clean(value, path, may_be_empty=True)
    _, found = await attempts.candidates(sessions, settings.secrets, company, name)
    for candidate in found:
        async with attempts.alone(candidate):
            attempt = await attempts.begin(sessions, candidate, source)
            if attempt is None:
                continue
            attempts.refuse_if_locked(attempt)
            account = attempt.account
            given = _keyed(settings.secrets, account.person_id, code)
            if not hmac.compare_digest(given, attempt.activation_hash or b""):
                await attempts.failed(sessions, attempt, source, "person.activation_failed")
                raise errors.ActivationRefused()
            await _clear(sessions, attempt, source)
        hashed = await _accepted(attempt, wanted, "password")
        async with open_work(sessions, as_person(account, source)) as work:
            until = attempt.activation_until
            if until is None or until <= work.now or account.disabled_at is not None:
                raise errors.ActivationRefused()
            await _store(work, attempt, hashed)
            work.record("person.activated", ("person", account.person_id), unit_no=account.unit_no)
        return
    raise errors.ActivationRefused()


async def give(work: Work, people: Sequence[UUID], password_hash: str, *, must_change: bool = False) -> None:
    """Store a password already hashed for people who have none: for a founder, and for demonstrations."""
    for person_id in people:
        work.session.add(
            Credential(
                id=person_id, password_hash=password_hash, changed_at=work.now, must_change=must_change
            )
        )


async def _accepted(attempt: Attempt, wanted: str, path: str) -> str:
    password_rules.check(wanted, attempt.account.names, path)
    for stored in [*filter(None, [attempt.password_hash]), *attempt.earlier_hashes]:
        if await passwords.matches(stored, wanted):
            raise PasswordRefused([Fault.USED], path)
    return await passwords.hashed(wanted)


async def _store(work: Work, attempt: Attempt, hashed: str) -> None:
    credential = await repository.credential(work, attempt.account.person_id)
    if (
        credential is None
        or credential.password_hash != attempt.password_hash
        or credential.activation_hash != attempt.activation_hash
    ):
        # Somebody else changed it in between; what was judged no longer stands.
        raise errors.ActivationRefused()
    if credential.password_hash:
        credential.earlier_hashes = _remembered(credential.password_hash, credential.earlier_hashes)
    credential.password_hash = hashed
    credential.changed_at = work.now
    credential.must_change = False
    credential.activation_hash = credential.activation_until = None


async def _clear(sessions: Sessions, attempt: Attempt, source: Source | None) -> None:
    async with open_work(sessions, as_person(attempt.account, source)) as work:
        credential = await repository.credential(work, attempt.account.person_id)
        if credential is not None:
            credential.failures, credential.failed_at, credential.locked_until = 0, None, None


def _remembered(newest: str, earlier: Sequence[str]) -> list[str]:
    return [newest, *earlier][: password_rules.REMEMBERED]


def _keyed(secrets: Secrets, person_id: UUID, code: str) -> bytes:
    plain = "".join(sign for sign in code.upper() if sign in _ALPHABET)
    return hmac.new(secrets.key("activation/1"), person_id.bytes + plain.encode(), hashlib.sha256).digest()
