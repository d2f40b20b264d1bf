"""Casbin's own answer, row by row: the meaning of the policy, and the oracle for its compiled form.

It weighs every clause anew for every row, hundreds of microseconds to milliseconds, so nothing on a request's way asks here; see `compiler`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

import casbin

from anhuan_infra.work import Place
from anhuan_tenants.access.acts import Act
from anhuan_tenants.access.model import ANYWHERE, MODEL, holds_at
from anhuan_tenants.access.policy import Grant, Holding, PostRoles, Role, Tree


@dataclass(frozen=True, slots=True)
class _Row:
    """A place in the words of the Casbin model; what is missing is an empty string, which nobody and nothing is called."""

    path: str
    owner: str
    people: frozenset[str]
    party: str


class Enforcer:
    """The policy of one company, or of one person in it, as Casbin holds it."""

    def __init__(
        self,
        roles: Iterable[Role],
        tree: Tree,
        grants: Iterable[Grant],
        holdings: Iterable[Holding],
        post_roles: PostRoles,
        parties: Mapping[UUID, frozenset[UUID]],
    ) -> None:
        self._tree = tree
        model = self._model = casbin.Model()
        model.load_model_from_text(MODEL)
        self._casbin = casbin.Enforcer(model)
        self._casbin.add_named_domain_matching_func("g", holds_at)
        for role in roles:
            for act, condition in role.clauses:
                model.add_policy("p", "p", [f"role:{role.code}", act.value, condition.value])
        for post_id, codes in post_roles.items():
            for code in codes:
                model.add_policy("g", "g", [str(post_id), f"role:{code}", ANYWHERE])
        for grant in grants:
            self._link(grant.person, f"role:{grant.role}", grant.node)
        for holding in holdings:
            self._link(holding.person, str(holding.post), holding.node)
        for person_id, party_ids in parties.items():
            for party_id in party_ids:
                model.add_policy("g", "g2", [str(person_id), str(party_id)])
        self._casbin.build_role_links()

    def _link(self, person_id: UUID, to: str, node: int) -> None:
        path = self._tree.path(node)
        if path is not None:
            self._model.add_policy("g", "g", [str(person_id), to, path])

    def enforce(self, person_id: UUID, act: Act, place: Place) -> bool:
        """Whether the policy allows the person the act on a thing at this place."""
        row = _Row(
            path=self._tree.path(place.unit_no) or "",
            owner=str(place.owner_id or ""),
            people=frozenset(map(str, place.people)),
            party=str(place.party_id or ""),
        )
        return bool(self._casbin.enforce(str(person_id), act.value, row))
