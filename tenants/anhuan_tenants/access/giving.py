"""What one may give to others: nobody makes anyone, themselves included, more powerful than they are."""

from collections.abc import Iterable, Iterator

from anhuan_infra.errors import Forbidden
from anhuan_infra.work import Place, Work
from anhuan_tenants.access import policy
from anhuan_tenants.access.acts import Act
from anhuan_tenants.access.errors import OutsideRole
from anhuan_tenants.access.policy import Condition
from anhuan_tenants.organisation.models import Person

EVERYWHERE = Place()
"""A thing at no unit, of nobody and no party: only what is granted everywhere in the company covers it."""

_INSIDE = frozenset({Condition.TENANT, Condition.UNIT})


def is_for_outside(role: policy.Role) -> bool:
    """Whether the role reaches nothing but one's own, one's assignments and one's own party's."""
    return not any(condition in _INSIDE for _, condition in role.clauses)


def check(work: Work, roles: Iterable[policy.Role], node: int, tree: policy.Tree, person: Person) -> None:
    """Refuse to let the person hold these roles at the node, if they are not the actor's to give or do not fit the person.

    Who manages policy everywhere may give anything; everyone else at most what they hold there themselves.
    """
    given = list(roles)
    for role in given:
        if person.party_id is not None and not is_for_outside(role):
            raise OutsideRole(path="role", role=role.code)
    if work.can(Act.POLICY_MANAGE, EVERYWHERE):
        return
    for role in given:
        for act, condition in sorted(role.clauses):
            if not all(work.can(act, place) for place in _places(condition, node, tree, work, person)):
                raise Forbidden(path="role", act=act)


def _places(
    condition: Condition, node: int, tree: policy.Tree, work: Work, person: Person
) -> Iterator[Place]:
    """Places that the actor must cover for a clause to be theirs to give."""
    match condition:
        case Condition.TENANT:
            yield EVERYWHERE
        case Condition.UNIT:
            yield from (Place(unit_no=no) for no in tree.under(node))
        case Condition.OWN:
            yield Place(owner_id=work.actor.person_id)
        case Condition.ASSIGNED:
            me = work.actor.person_id
            yield Place(people=frozenset([me] if me else []))
        case Condition.PARTY:
            yield Place(party_id=person.party_id)
