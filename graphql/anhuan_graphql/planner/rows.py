"""Where the rows of a noun come from: its tables under names of the statement, joined by their identity."""

import sqlalchemy as sa

from anhuan_graphql.planner.readings import NOUNS, UNIONS, At, Noun, Unplanned


def base_of(name: str) -> Noun:
    """The noun by whose tables rows are found; of an interface the one that all its types share."""
    union = UNIONS.get(name)
    if union is not None:
        return union.base
    if name not in NOUNS:
        raise Unplanned(name)
    return NOUNS[name]


def rows_of(noun: Noun, at: At) -> sa.FromClause:
    """The tables of a noun's row, joined by its identity."""
    first, *others = noun.tables
    rows: sa.FromClause = at.tables[first]
    for table in others:
        other = at.tables[table]
        same = sa.and_(other.c.tenant_id == at.own.tenant_id, other.c.id == at.own.id)
        rows = rows.join(other, same, isouter=table in noun.optional)
    return rows
