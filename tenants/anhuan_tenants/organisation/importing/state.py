"""What the company has, loaded once for an import; every lookup after that is in memory."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from anhuan_infra.work import Work
from anhuan_tenants.access import models as access
from anhuan_tenants.organisation.models import Contact, Holding, Person, Post, Unit, UnitKind
from anhuan_tenants.organisation.rows import Known
from anhuan_tenants.parties.models import Party

FOUNDING_CODE = "hq"
"""The code that the first unit has until the company gives it one of its own."""


@dataclass
class State:
    """The organisation as it stands; an import adds to it what it plans, so that later rows find it."""

    units: dict[str, Unit]
    """By folded code, closed ones too."""
    people: dict[str, Person]
    """By folded account, disabled ones too."""
    contacts: dict[UUID, Contact]
    posts: dict[UUID, Post]
    holdings: dict[UUID, dict[tuple[UUID, int], Holding]]
    """By person, then by post and unit; ended ones too."""
    parties: dict[str, Party]
    """By folded name, ended ones too."""
    roles: dict[str, access.Role]

    @property
    def root(self) -> Unit:
        """The unit at the top."""
        return next(unit for unit in self.units.values() if unit.parent_id is None)

    def known(self) -> Known:
        """What a sheet may speak of."""
        return Known(
            units={
                unit.code: (unit.name, UnitKind(unit.kind))
                for unit in self.units.values()
                if unit.closed_at is None
            },
            root=self.root.code,
            root_is_new=self.root.code == FOUNDING_CODE,
            closed=frozenset(folded for folded, unit in self.units.items() if unit.closed_at is not None),
            people=[person.account for person in self.people.values()],
            roles={role.name_zh: role.code for role in self.roles.values()},
        )

    def posts_called(self, name: str, duty: str) -> list[Post]:
        """The posts of this name and duty, the oldest first."""
        found = [post for post in self.posts.values() if post.name == name and post.duty == duty]
        return sorted(found, key=lambda post: post.id)


async def load(work: Work) -> State:
    """Everything, as it is now. The work must see the whole company."""
    session = work.session
    holdings: dict[UUID, dict[tuple[UUID, int], Holding]] = defaultdict(dict)
    for row in await session.scalars(select(Holding).execution_options(populate_existing=True)):
        holdings[row.person_id][row.post_id, row.unit_no] = row
    units = await session.scalars(select(Unit).execution_options(populate_existing=True))
    people = await session.scalars(select(Person).execution_options(populate_existing=True))
    contacts = await session.scalars(select(Contact).execution_options(populate_existing=True))
    posts = await session.scalars(select(Post).execution_options(populate_existing=True))
    parties = await session.scalars(select(Party).execution_options(populate_existing=True))
    roles = await session.scalars(select(access.Role).execution_options(populate_existing=True))
    return State(
        units={row.code.casefold(): row for row in units},
        people={row.account.casefold(): row for row in people},
        contacts={row.id: row for row in contacts},
        posts={row.id: row for row in posts},
        holdings=holdings,
        parties={row.name.casefold(): row for row in parties},
        roles={row.code: row for row in roles},
    )
