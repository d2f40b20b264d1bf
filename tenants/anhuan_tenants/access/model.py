"""The policy in Casbin's language: what is asked, what is written down, and when the two match.

`g` gives a person a role at a node (its domain), and a path is answered by every node that covers it. A post is
held at a node too, and its roles come with it everywhere, so they reach the person where the post is held. `g2`
says who belongs to which outside party.
"""

from anhuan_tenants.access import policy

ANYWHERE = "*"

_CONDITIONS = (
    f'p.cond == "tenant" && g(r.sub, p.role, "{ANYWHERE}")',
    'p.cond == "unit" && g(r.sub, p.role, r.row.path)',
    f'p.cond == "own" && r.row.owner == r.sub && g(r.sub, p.role, "{ANYWHERE}")',
    f'p.cond == "assigned" && r.sub in r.row.people && g(r.sub, p.role, "{ANYWHERE}")',
    f'p.cond == "party" && g2(r.sub, r.row.party) && g(r.sub, p.role, "{ANYWHERE}")',
)

MODEL = f"""
[request_definition]
r = sub, act, row

[policy_definition]
p = role, act, cond

[role_definition]
g = _, _, _
g2 = _, _

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = r.act == p.act && ({" || ".join(f"({condition})" for condition in _CONDITIONS)})
"""


def holds_at(asked: str, held: str) -> bool:
    """Whether what is held at one domain answers a question about another."""
    return ANYWHERE in (asked, held) or policy.covers(held, asked)
