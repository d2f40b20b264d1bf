"""Lines of the sheet 岗位人员 into people: one person may stand on several rows, one for each post."""

from collections.abc import Iterable
from dataclasses import dataclass, field
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

    def accounts(self) -> set[str]:
        """Folded accounts."""
        return set(self.lines)

    def merged(self) -> tuple[PersonRow, ...]:
        """Each person once, with the posts of all their rows, each post once."""
        return tuple(_merged([row for _, row in said]) for said in self.lines.values())


def read(lines: Iterable[Line], units: FindsUnits, known: Known) -> People:
    """All people of the sheet; what is wrong with a line is noted there."""
    people = People()
    role_words = _role_words(known)
    for line in lines:
        row = _read_line(line, units, role_words)
        if row is None:
            continue
        said = people.lines.setdefault(row.account.casefold(), [])
        if said and not _same_person(said[0][1], row):
            line.wrong("account", "DUPLICATE_PERSON", row.account, said[0][1].row)
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
    if is_outside:
        duties = _outside(line, duties, codes)
    if not duties:
        # A post that is called like a duty is that duty.
        duties = [_DUTIES.get(plain(name), Duty.WORKER) for name in names] or [Duty.WORKER]
    names = names or [_DUTY_NAMES[duty] for duty in duties]
    if len(duties) == 1:
        duties *= len(names)
    if len(duties) != len(names):
        line.wrong("duty", "POSTS_AND_DUTIES", len(names), len(duties))
        return ()
    return tuple(PostRow(unit, name, duty, tuple(codes)) for name, duty in zip(names, duties, strict=True))


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


def _merged(said: list[PersonRow]) -> PersonRow:
    first = said[0]
    return PersonRow(
        first.row,
        first.account,
        first.name,
        next((row.phone for row in said if row.phone), None),
        next((row.email for row in said if row.email), None),
        first.unit,
        next((row.party for row in said if row.party), None),
        tuple(dict.fromkeys(post for row in said for post in row.posts)),
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
