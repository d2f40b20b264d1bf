"""Every query about units, posts, people and parties. Row-level security supplies the tenant and the scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import QueryableAttribute
from sqlalchemy.sql.elements import ColumnElement

from anhuan_infra import text
from anhuan_infra.errors import NotFound
from anhuan_infra.work import Work
from anhuan_tenants.companies.models import Company
from anhuan_tenants.organisation.models import Contact, Holding, Person, Post, Unit

_ESCAPE = "/"
_Column = ColumnElement[Any] | QueryableAttribute[Any]


async def unit(work: Work, unit_id: UUID, path: str = "unitId") -> Unit:
    """A unit that the actor can see, as it is now."""
    found = await work.session.get(Unit, (work.tenant_id, unit_id), populate_existing=True)
    if found is None:
        raise NotFound(path=path, kind="unit", id=unit_id)
    return found


async def person(work: Work, person_id: UUID, path: str = "personId") -> Person:
    """A person whom the actor can see, as they are now."""
    found = await work.session.get(Person, (work.tenant_id, person_id), populate_existing=True)
    if found is None:
        raise NotFound(path=path, kind="person", id=person_id)
    return found


async def post(work: Work, post_id: UUID, path: str = "postId") -> Post:
    """A post of the company."""
    found = await work.session.get(Post, (work.tenant_id, post_id), populate_existing=True)
    if found is None:
        raise NotFound(path=path, kind="post", id=post_id)
    return found


async def holding(work: Work, holding_id: UUID, path: str = "id") -> Holding:
    """Who holds which post where, one row of it."""
    found = await work.session.get(Holding, (work.tenant_id, holding_id), populate_existing=True)
    if found is None:
        raise NotFound(path=path, kind="holding", id=holding_id)
    return found


async def tree(work: Work, *, closed: bool = False) -> list[Unit]:
    """The units that the actor can see, parents before children, siblings by name."""
    query = select(Unit) if closed else select(Unit).where(Unit.closed_at.is_(None))
    rows = list(await work.session.scalars(query))
    names = {f"u{row.no}": row.name_sort for row in rows}
    return sorted(rows, key=lambda row: [(names.get(label, ""), label) for label in row.path.split(".")])


async def posts(work: Work) -> list[Post]:
    """The posts of the company by name."""
    return list(await work.session.scalars(select(Post).order_by(Post.name, Post.code)))


async def people(
    work: Work,
    *,
    unit_id: UUID | None = None,
    find: str = "",
    disabled: bool = False,
    after: tuple[str, UUID] | None = None,
    limit: int = 50,
) -> list[Person]:
    """People whom the actor can see, by name: of a unit and all under it, or found by what is typed; `after` is the sort name and
    id of the last one seen."""
    query = select(Person).order_by(Person.name_sort, Person.id).limit(limit)
    if unit_id is not None:
        query = query.where(Person.home_unit_no.in_(await under(work, unit_id)))
    if find:
        query = query.where(typed(find))
    if not disabled:
        query = query.where(Person.disabled_at.is_(None))
    if after is not None:
        name_sort, person_id = after
        query = query.where(
            or_(Person.name_sort > name_sort, (Person.name_sort == name_sort) & (Person.id > person_id))
        )
    return list(await work.session.scalars(query))


async def under(work: Work, unit_id: UUID) -> list[int]:
    """The numbers of a unit and of everything under it."""
    top = (await unit(work, unit_id)).path
    rows = await work.session.execute(select(Unit.no, Unit.path))
    return [no for no, path in rows if f"{path}.".startswith(f"{top}.")]


@dataclass
class Meant:
    """Patterns by which people are looked for: in the name, in its pinyin without gaps, in the account, and by initials."""

    name: str
    sort: str
    account: str
    initials: str | None


def meant(words: str) -> Meant:
    """What somebody types: part of a name, its pinyin with or without gaps, its initials, or a work number."""
    text.clean(words, "text", text.LINE, may_be_empty=True)
    plain = " ".join(words.casefold().split())
    joined = plain.replace(" ", "")
    part, start = _plainly(words.strip()), _plainly(joined)
    has_initials = 2 <= len(joined) <= 6 and joined.isascii() and joined.isalpha()
    initials = "^" + " ".join(f"{letter}[^ ]*" for letter in joined) if has_initials else None
    return Meant(name=f"%{part}%", sort=f"%{start}%", account=f"{start}%", initials=initials)


def typed(words: str) -> ColumnElement[bool]:
    """People meant by what somebody types."""
    return found_by(meant(words), Person.name, Person.name_sort, Person.account)


def found_by(patterns: Meant, name: _Column, name_sort: _Column, account: _Column) -> ColumnElement[bool]:
    """People by these patterns, which may be parameters of a statement."""
    found: list[ColumnElement[bool]] = [
        func.lower(name).like(func.lower(patterns.name), escape=_ESCAPE),
        func.replace(name_sort, " ", "").like(patterns.sort, escape=_ESCAPE),
        func.lower(account).like(patterns.account, escape=_ESCAPE),
    ]
    if patterns.initials is not None:
        found.append(name_sort.regexp_match(patterns.initials))
    return or_(*found)


def _plainly(words: str) -> str:
    """As part of a pattern in which nothing of it has a meaning of its own."""
    for sign in (_ESCAPE, "%", "_"):
        words = words.replace(sign, _ESCAPE + sign)
    return words


async def next_unit_no(work: Work, count: int = 1) -> int:
    """Take so many unit numbers; the first of them. Numbers are never used again."""
    first = await work.session.scalar(
        update(Company)
        .where(Company.tenant_id == work.tenant_id)
        .values(next_unit_no=Company.next_unit_no + count)
        .returning(Company.next_unit_no - count)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(first, int)
    return first


async def unit_with_code(work: Work, code: str) -> Unit | None:
    """The unit of this code, written large or small. The work must see the whole company."""
    return await work.session.scalar(select(Unit).where(func.lower(Unit.code) == code.lower()))


async def person_with_account(work: Work, account: str) -> Person | None:
    """The person of this account, written large or small. The work must see the whole company."""
    return await work.session.scalar(select(Person).where(func.lower(Person.account) == account.lower()))


async def reached_by(work: Work, addresses: Sequence[str], but: UUID) -> tuple[str, str] | None:
    """The first of these e-mails and phones that somebody else is reached by, and their account. The work must see everyone."""
    query = (
        select(Contact.phone, Contact.email, Person.account)
        .join(Person, (Person.tenant_id == Contact.tenant_id) & (Person.id == Contact.id))
        .where(Contact.id != but, or_(Contact.phone.in_(addresses), Contact.email.in_(addresses)))
        .limit(1)
    )
    row = (await work.session.execute(query)).one_or_none()
    if row is None:
        return None
    return (row.phone if row.phone in addresses else row.email), row.account
