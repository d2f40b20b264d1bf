"""The door to PostgreSQL: every transaction enters with its tenant and scope, at this one place."""

from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Connection, TextClause, event, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

Sessions = async_sessionmaker[AsyncSession]

CONTEXT = "context"
"""Key in `session.info` under which the settings of the transaction stand."""
NOW = "now"
"""Key in `session.info` under which the start of the transaction stands, which is what `now()` says in all of it."""

_NEXT = "settings of the next statement"

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


def set_next(session: AsyncSession, settings: Mapping[str, str] | None) -> None:
    """Have the settings changed before the next statement of this session, whatever sends it; None takes that back."""
    info = session.sync_session.info
    if settings is None:
        info.pop(_NEXT, None)
    else:
        info[_NEXT] = settings


def is_next_set(session: AsyncSession) -> bool:
    """Whether a change of settings waits for the next statement."""
    return _NEXT in session.sync_session.info


@event.listens_for(Session, "do_orm_execute")
def _before_statement(state: ORMExecuteState) -> None:
    _set_now(state.session)


@event.listens_for(Session, "before_flush")
def _before_flush(session: Session, _context: object, _instances: object) -> None:
    _set_now(session)


def _set_now(session: Session) -> None:
    settings: Mapping[str, str] | None = session.info.pop(_NEXT, None)
    if settings:
        session.connection().execute(*setting(settings))


def setting(settings: Mapping[str, str]) -> tuple[TextClause, dict[str, str]]:
    """The statement that sets these until the transaction ends, and tells the time at which it began."""
    return _setting(tuple(settings)), {f"v{i}": value for i, value in enumerate(settings.values())}


@lru_cache(maxsize=64)
def _setting(names: tuple[str, ...]) -> TextClause:
    calls = ", ".join(f"set_config('{name}', :v{i}, true)" for i, name in enumerate(names))
    return text(f"select now(), {calls}")


@event.listens_for(Session, "after_begin")
def _set_context(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    """Transaction-local settings only: a pooled connection must carry nothing to its next user. The same statement tells the time."""
    context: dict[str, str] | None = session.info.get(CONTEXT)
    session.info.pop(_NEXT, None)
    if context:
        session.info[NOW] = connection.execute(*setting(context)).scalar_one()
