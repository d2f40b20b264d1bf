"""How often an act goes to PostgreSQL and back: its beginning, each statement and its commit, counted at the engine."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from anhuan_infra.db.engine import Sessions


@dataclass
class Trips:
    """What went over while it was counted, each a round trip: BEGIN, every statement however many rows it has, COMMIT."""

    statements: list[str] = field(default_factory=list[str])

    def __len__(self) -> int:
        return len(self.statements)

    def __str__(self) -> str:
        return "\n".join(" ".join(one.split())[:160] for one in self.statements)


@contextmanager
def counting(sessions: Sessions) -> Generator[Trips]:
    """Count what these sessions do in the block, all of them together."""
    trips = Trips()
    engine = sessions.kw["bind"].sync_engine

    def began(_connection: object) -> None:
        trips.statements.append("begin")

    def committed(_connection: object) -> None:
        trips.statements.append("commit")

    def executed(_connection: object, _cursor: object, statement: str, *_more: Any) -> None:
        trips.statements.append(statement)

    heard = (("begin", began), ("commit", committed), ("before_cursor_execute", executed))
    for name, hear in heard:
        event.listen(engine, name, hear)
    try:
        yield trips
    finally:
        for name, hear in heard:
            event.remove(engine, name, hear)
