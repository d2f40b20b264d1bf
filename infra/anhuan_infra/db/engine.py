"""The door to PostgreSQL: every transaction enters with its tenant and scope, at this one place."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, SessionTransaction

Sessions = async_sessionmaker[AsyncSession]

CONTEXT = "context"
"""Key in `session.info` under which the settings of the transaction stand."""

STATEMENT_TIMEOUT_MS = 5_000


def create_engine(url: str, *, pool_size: int = 10, application: str = "anhuan") -> AsyncEngine:
    """An engine on psycopg 3; one per process and event loop. Statements end after 5 s, idle transactions after 30 s."""
    options = (
        f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c idle_in_transaction_session_timeout=30000"
        " -c lock_timeout=4000 -c timezone=UTC"
    )
    return create_async_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        pool_size=pool_size,
        max_overflow=10,
        pool_timeout=10,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"options": options, "application_name": application, "connect_timeout": 5},
    )


def create_sessions(engine: AsyncEngine) -> Sessions:
    """Sessions whose rows stay readable after commit, since answers are made from them."""
    return async_sessionmaker(engine, expire_on_commit=False)


def enter(session: AsyncSession, context: Mapping[str, str]) -> None:
    """Give a session its context; it is set anew at the start of each of its transactions."""
    session.sync_session.info[CONTEXT] = dict(context)
    if tenant := context.get("app.tenant_id"):
        session.sync_session.info["tenant_id"] = UUID(tenant)


@event.listens_for(Session, "after_begin")
def _set_context(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    """Transaction-local settings only: a pooled connection must carry nothing to its next user."""
    context: dict[str, Any] | None = session.info.get(CONTEXT)
    if context:
        calls = ", ".join(f"set_config('{name}', :v{i}, true)" for i, name in enumerate(context))
        values = {f"v{i}": value for i, value in enumerate(context.values())}
        connection.execute(text(f"select {calls}"), values)
