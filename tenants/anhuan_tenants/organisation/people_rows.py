"""Lines of the sheet 岗位人员 into people: one person may stand on several rows, one for each post."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Protocol

from anhuan_tenants.access import roles
from anhuan_tenants.organisation import cleaning, columns
from anhuan_tenants.organisation.columns import plain
from anhuan_tenants.organisation.models import Duty
from anhuan_tenants.organisation.row_errors import Odd, row_error
from anhuan_tenants.organisation.rows import Known, Line, PersonRow, PostRow

_DUTIES = {plain(word): duty for word, duty in columns.DUTY_ALIASES.items()}
_DUTY_NAMES = {duty: zh for zh, duty in columns.DUTIES.items()}


class FindsUnits(Protocol):
    """Whatever knows the code of the unit that a cell means."""

    def find(self, cell: str) -> str:
        """The code, or `Odd`."""
        ...


@dataclass
class People:
    """The people of a sheet by folded account, each with the lines that speak of them."""

    lines: dict[str, list[tuple[Line, PersonRow]]] = field(
        default_factory=dict[str, list[tuple[Line, PersonRow]]]
    )

    torn: set[str] = field(default_factory=set[str])
    """Folded accounts of which a row was refused."""

    def accepted(self, units: Collection[str]) -> tuple[PersonRow, ...]:
        """Each person once, with the posts of all their sound rows, each post once; `units` are folded codes of those that exist."""
        found: list[PersonRow] = []
        for folded, said in self.lines.items():
            for line, row in said:
                if line.is_sound and row.unit.casefold() not in units:
                    line.wrong("unit", "UNIT_REFUSED", row.unit)
            sound = [row for line, row in said if line.is_sound]
            if sound:
                is_whole = folded not in self.torn and len(sound) == len(said)
                found.append(_merged(sound, is_whole=is_whole))
        return tuple(found)


def read(lines: Iterable[Line], units: FindsUnits, known: Known) -> People:
    """All people of the sheet; what is wrong with a line is noted there."""
    people = People()
    role_words = _role_words(known)
    for line in lines:
        row = _read_line(line, units, role_words)
        if row is None:
            people.torn.add(
                "".join(cleaning.text_or_nothing(line.cells.get("account", "")).split()).casefold()
            )
            continue
        said = people.lines.setdefault(row.account.casefold(), [])
        if said and not _same_person(said[0][1], row):
            line.wrong("account", "DUPLICATE_PERSON", row.account, said[0][1].row)
            people.torn.add(row.account.casefold())
        elif any(_same_words(before, row) for _, before in said):
            number = next(before.row for _, before in said if _same_words(before, row))
            line.notebook.notes.append(
                row_error(line.plan.name, line.number, "", "REPEATED_ROW", other=number)
            )
        else:
            said.append((line, row))
    _check_shared(people, "phone", "DUPLICATE_PHONE")
    _check_shared(people, "email", "DUPLICATE_EMAIL")
    return people


def _read_line(line: Line, units: FindsUnits, role_words: dict[str, str]) -> PersonRow | None:
    account, name = line.take("account", cleaning.account), line.take("name", cleaning.name)
    unit = line.take("unit", units.find)
    phone, email = line.take("phone", cleaning.phone), line.take("email", cleaning.email)
    party = line.take("party", cleaning.name)
    posts = _posts(line, unit or "", role_words, is_outside=party is not None)
    if account is None or name is None or unit is None:
        return None
    return PersonRow(line.number, account, name, phone, email, unit, party, posts)


def _posts(line: Line, unit: str, role_words: dict[str, str], *, is_outside: bool) -> tuple[PostRow, ...]:
    names = line.take("posts", cleaning.several) or []
    duties = line.take("duty", _duties) or []
    codes = line.take("roles", lambda cell: _roles(cell, role_words)) or []
    is_said = bool(names or duties or codes)
    if is_outside:
        duties = _outside(line, duties, codes)
    elif Duty.OUTSIDE in duties:
        line.wrong("party", "PARTY_MISSING")
    if not duties:
        # A post that is called like a duty is that duty.
        duties = [_DUTIES.get(plain(name), Duty.WORKER) for name in names] or [Duty.WORKER]
    names = names or [_DUTY_NAMES[duty] for duty in duties]
    if len(duties) == 1:
        duties *= len(names)
    if len(duties) != len(names):
        line.wrong("duty", "POSTS_AND_DUTIES", len(names), len(duties))
        return ()
    return tuple(
        PostRow(unit, name, duty, tuple(codes), is_said) for name, duty in zip(names, duties, strict=True)
    )


def _outside(line: Line, duties: list[Duty], codes: list[str]) -> list[Duty]:
    for duty in duties:
        if duty not in (Duty.OUTSIDE, Duty.WORKER):
            line.wrong("duty", "OUTSIDE_DUTY", _DUTY_NAMES[duty])
    for code in codes:
        if code in roles.SHIPPED and code not in roles.OUTSIDE:
            line.wrong("roles", "OUTSIDE_ROLE", roles.SHIPPED[code].zh)
    return [Duty.OUTSIDE]


def _duties(cell: str) -> list[Duty]:
    found: list[Duty] = []
    for word in cleaning.several(cell):
        duty = _DUTIES.get(plain(word))
        if duty is None:
            raise Odd("UNKNOWN_DUTY", word)
        found.append(duty)
    return found


def _role_words(known: Known) -> dict[str, str]:
    words = {plain(word): code for word, code in known.roles.items()}
    return words | {plain(code): code for code in known.roles.values()}


def _roles(cell: str, role_words: dict[str, str]) -> list[str]:
    found: list[str] = []
    for word in cleaning.several(cell):
        code = role_words.get(plain(word))
        if code is None:
            raise Odd("UNKNOWN_ROLE", word)
        found.append(code)
    return list(dict.fromkeys(found))


def _same_person(one: PersonRow, other: PersonRow) -> bool:
    """Whether two rows can speak of one person: what both give must be equal, an empty cell repeats the other."""
    return (
        one.name == other.name
        and (one.party or other.party) == (other.party or one.party)
        and (one.phone or other.phone) == (other.phone or one.phone)
        and (one.email or other.email) == (other.email or one.email)
    )


def _same_words(one: PersonRow, other: PersonRow) -> bool:
    return (one.unit, one.posts) == (other.unit, other.posts)


def _merged(said: list[PersonRow], *, is_whole: bool) -> PersonRow:
    first = said[0]
    posts = dict.fromkeys(post for row in said for post in row.posts)
    return replace(
        first,
        phone=next((row.phone for row in said if row.phone), None),
        email=next((row.email for row in said if row.email), None),
        party=next((row.party for row in said if row.party), None),
        posts=tuple(post for post in posts if post.is_said) or tuple(posts)[:1],
        is_whole=is_whole,
    )


def _check_shared(people: People, key: str, code: str) -> None:
    """A phone or e-mail signs in one person, so two people cannot share it."""
    owners: dict[str, tuple[str, int]] = {}
    for account, said in people.lines.items():
        for line, row in said:
            value: str | None = getattr(row, key)
            if value is None:
                continue
            owner, number = owners.setdefault(value, (account, row.row))
            if owner != account:
                line.wrong(key, code, value, number)
