"""Root fields and the one way to declare them: which module of the product each belongs to, and who may come without signing in."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any, get_type_hints
from uuid import UUID

import strawberry
from strawberry.extensions import FieldExtension
from strawberry.types.field import StrawberryField
from strawberry.utils.str_converters import to_camel_case

from anhuan_graphql.context import Context, Info
from anhuan_graphql.errors import of_database
from anhuan_graphql.planner.readings import PLAN, Reading
from anhuan_infra.errors import BadInput, NotFound, Refused
from anhuan_infra.work import Work

Do = Callable[..., Awaitable[Any]]
OPEN = None
"""In place of a module: the field may be asked without signing in."""


@strawberry.type
class Problem:
    """Why an act was declined. `code` is stable, `path` names the field of the input, `message` is for people."""

    code: str
    path: str | None
    message: str

    @classmethod
    def of(cls, refusal: Refused, language: str) -> "Problem":
        """The refusal in a person's language."""
        return cls(code=refusal.code, path=refusal.path, message=refusal.message(language))


class Declared(FieldExtension):
    """Stands at a root field and asks for the subscription of its module before anything else happens."""

    def __init__(self, module: str | None, *, writes: bool) -> None:
        self.module = module
        self.writes = writes

    async def resolve_async(
        self, next_: Callable[..., Awaitable[Any]], source: Any, info: Any, **given: Any
    ) -> Any:
        """Answers of queries are refused here; acts refuse inside, so that the refusal becomes part of their answer."""
        if not self.writes:
            await self.admit(info.context)
        return await next_(source, info, **given)

    async def admit(self, context: Context) -> None:
        """A lapsed module can still be read; one never subscribed answers with what it would do."""
        if self.module is not None:
            (await context.actor()).require(self.module, write=self.writes)


def query(module: str | None, plan: Reading | None = None) -> Callable[[Callable[..., Awaitable[Any]]], Any]:
    """A root field that reads; its docstring is its description, and `plan` says how PostgreSQL answers it by itself."""

    def wrap(read: Callable[..., Awaitable[Any]]) -> Any:
        return strawberry.field(
            read,
            description=inspect.getdoc(read),
            extensions=[Declared(module, writes=False)],
            metadata={PLAN: plan} if plan else None,
        )

    return wrap


def act(
    module: str,
    then: Callable[[Context, Any], Awaitable[Any]] | None = None,
    again: Callable[[Any], Any] | None = None,
) -> Callable[[Do], Any]:
    """A mutation by somebody signed in: `(work, input) -> value`, one transaction, committed before the answer is made.

    `then` makes the answer out of the value, read anew after the commit. Somebody who may no longer see the thing gets no
    result and no error: the act was done.

    `again` makes the act safe to repeat where its input may carry an id: the same id with the same content, sent again because the
    answer was lost, is not done again, however far the case has moved on; the value is then made from the input alone.
    """

    def wrap(do: Do) -> Any:
        async def run(context: Context, given: Any) -> Any:
            async with context.acting() as work:
                done_before = again is not None and not await _is_new(work, do, given)
                value = again(given) if again is not None and done_before else await do(work, given)
            if then is None:
                return value
            try:
                return await then(context, value)
            except NotFound:
                return None

        return _mutation(do, _result(then or do), Declared(module, writes=True), run)

    return wrap


def wide_act(module: str | None) -> Callable[[Do], Any]:
    """A mutation that gets the whole context: sign-in and its kin, and what works outside one transaction."""

    def wrap(do: Do) -> Any:
        return _mutation(do, _result(do), Declared(module, writes=True), do)

    return wrap


def _mutation(do: Do, result: Any, declared: Declared, run: Callable[[Context, Any], Awaitable[Any]]) -> Any:
    name = to_camel_case(do.__name__)
    payload = _payload(name[0].upper() + name[1:], result)

    async def resolver(info: Any, input: Any) -> Any:
        context: Context = info.context
        try:
            await declared.admit(context)
            _check_id(input)
            return payload(result=await run(context, input), errors=[])
        except Refused as refusal:
            return payload(result=None, errors=[Problem.of(refusal, context.language)])
        except Exception as problem:
            declined = of_database(problem)
            if declined is None:
                raise
            return payload(result=None, errors=[Problem.of(declined, context.language)])

    resolver.__name__ = do.__name__
    resolver.__qualname__ = do.__qualname__
    resolver.__module__ = do.__module__
    resolver.__annotations__ = {"info": Info, "input": get_type_hints(do)["input"], "return": payload}
    return strawberry.mutation(resolver, description=inspect.getdoc(do), extensions=[declared])


def _result(do: Callable[..., Any]) -> Any:
    return get_type_hints(do)["return"]


async def _is_new(work: Work, do: Do, given: Any) -> bool:
    """Before anything else is asked: who has acted may by then have lost the right or the seat. What is refused leaves no trace."""
    if given.id is None:
        return True
    return await work.once(f"act.{do.__name__}", given.id, asdict(given) | {"id": None})


def _check_id(given: Any) -> None:
    """Ids that clients make sort by time, or indexes of big tables scatter."""
    made = getattr(given, "id", None)
    if isinstance(made, UUID) and made.version != 7:
        raise BadInput(path="id", reason="UUIDv7 (RFC 9562)")


def _payload(name: str, result: Any) -> Any:
    """Every act answers in one shape: what came of it, or why not."""
    made = type(
        f"{name}Payload",
        (),
        {
            "__annotations__": {"result": result | None, "errors": list[Problem]},
            "__doc__": "What came of the act; without result the errors say why.",
        },
    )
    return strawberry.type(made)


def declaration(field: StrawberryField) -> Declared | None:
    """What a root field declares; None fails the build."""
    return next((part for part in field.extensions if isinstance(part, Declared)), None)
