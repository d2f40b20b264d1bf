"""The planner at the door: which questions PostgreSQL answers by itself, and their answers.

A document is read, measured and validated in the ordinary way the first time that it comes. From the second time on its plan is
used, one for each shape of its variables: which are given, which truth values and members of enumerations they have. Whatever has no
plan, whatever is refused, and whatever turns out to be missing is answered in the ordinary way, which knows how to say it.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from graphql.execution.values import VariableValues, get_variable_values
from prometheus_client import Counter
from strawberry import Schema

from anhuan_graphql import limits
from anhuan_graphql.context import Context
from anhuan_graphql.documents import Question
from anhuan_graphql.errors import TryAgain, of_database
from anhuan_graphql.fields import declaration
from anhuan_graphql.planner.compiler import strawberry_field
from anhuan_graphql.planner.operation import Operation, finished
from anhuan_graphql.planner.paging import Ready
from anhuan_graphql.planner.readings import PLAN, Paged, Unplanned
from anhuan_graphql.planner.roots import ROOTS
from anhuan_graphql.planner.selection import Chooser, Chosen
from anhuan_graphql.planner.statement import Asking, Plan, shape_of
from anhuan_infra.db.lane import CANCELLED, LaneFailed
from anhuan_infra.db.lanes import CROWDED, Lanes
from anhuan_infra.errors import Refused
from anhuan_infra.recent import Recent
from anhuan_tenants.identity.arrivals import Arrival
from anhuan_tenants.identity.entry import Member
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)

log = structlog.get_logger("anhuan.wire")

_DOCUMENTS = 500
_SHAPES = 32
_BODIES = 2_000
_OURS = ("0A", "21", "42", "XX")
"""Classes of what PostgreSQL says of a statement itself, which will not be better for the next one who asks; all else may be."""
READS = Counter("anhuan_reads", "Questions by the way in which they were answered.", ["way"])


@dataclass
class Known:
    """A document that passed every check once."""

    operation: Operation
    modules: frozenset[str]
    """Modules of its root fields."""
    plans: "Recent[Any, Plan | Unplanned]" = field(default_factory=lambda: Recent(_SHAPES))
    """By the shape of what is given; or why there is none."""
    measured: Recent[Any, bool] = field(default_factory=lambda: Recent[Any, bool](_SHAPES))
    """Whole numbers among the variables with which it was found to be within every limit; nothing else of them counts."""
    making: "dict[Any, asyncio.Task[Plan | Unplanned]]" = field(
        default_factory=lambda: dict[Any, asyncio.Task["Plan | Unplanned"]]()
    )
    """Plans on their way."""
    is_bad: bool = False
    """PostgreSQL has declined its statement, which is a fault of ours."""


@dataclass(frozen=True)
class Prepared:
    """A question as far as it does not depend on who asks it, nor when."""

    known: Known
    variables: VariableValues
    chooser: Chooser
    roots: Sequence[Chosen]
    lists: Sequence[tuple[Paged, Mapping[str, Any]]]
    shape: Any


class Planner:
    """Plans of one schema over one set of lanes."""

    def __init__(self, schema: Schema, lanes: Lanes) -> None:
        self._wire = schema
        self._schema = limits.core(schema)
        self.lanes = lanes
        self._maker = asyncio.Lock()
        self.known: Recent[tuple[str, str | None], Known] = Recent(_DOCUMENTS)
        self._trusted: Recent[tuple[str, str | None], Known] = Recent(_DOCUMENTS)
        self.bodies: Recent[bytes, Prepared] = Recent(_BODIES)
        """By the whole body of a request, so that what is asked alike again and again is not even read."""

    def learn(self, question: Question, document: DocumentNode) -> None:
        """The ordinary way has answered this document, to somebody who is signed in."""
        key = (question.query, question.operation)
        kept = self._kept(question)
        if kept.get(key) is not None:
            return
        operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
        wanted = [
            one for one in operations if question.operation in (None, one.name.value if one.name else None)
        ]
        if len(wanted) != 1 or wanted[0].operation is not OperationType.QUERY:
            return
        roots = _roots(document, wanted[0].selection_set)
        if all(self._is_readable(name) for name in roots):
            operation = Operation(self._wire, self._schema, document, wanted[0])
            kept.put(key, Known(operation, self._modules(roots)))

    def _kept(self, question: Question) -> "Recent[tuple[str, str | None], Known]":
        """Nobody's own texts push out what the apps ask."""
        return self._trusted if question.document is not None else self.known

    def _is_readable(self, name: str) -> bool:
        kind = self._schema.query_type
        if kind is None or name not in kind.fields:
            return name == "__typename"
        return isinstance(strawberry_field(kind, name).metadata.get(PLAN), ROOTS)

    def forget(self) -> None:
        """Every document comes for the first time again."""
        self.known = Recent(_DOCUMENTS)
        self._trusted = Recent(_DOCUMENTS)
        self.bodies = Recent(_BODIES)

    def prepared(self, question: Question) -> Prepared | None:
        """The question made ready, or None where the ordinary way must be taken; refuses what is over a limit."""
        known = self._kept(question).get((question.query, question.operation))
        if known is None or known.is_bad:
            return None
        operation = known.operation
        limits.check_values(question.variables)
        numbers = tuple(pair for pair in question.variables.items() if isinstance(pair[1], int))
        if known.measured.get(numbers) is None:
            limits.measure(self._schema, operation.document, question.variables)
            known.measured.put(numbers, True)
        variables = get_variable_values(
            self._schema, operation.node.variable_definitions or (), question.variables
        )
        if not isinstance(variables, VariableValues):
            return None
        try:
            chooser = operation.chooser(variables)
            roots = operation.roots(chooser)
            lists = operation.lists(roots, variables)
        except (Unplanned, GraphQLError):
            READS.labels("ordinary").inc()
            return None
        return Prepared(known, variables, chooser, roots, lists, shape_of(variables.coerced))

    async def answer(self, context: Context, question: Prepared) -> bytes | None:
        """The whole answer as it goes out, or None where the ordinary way must be taken."""
        known = question.known
        if known.is_bad or not self.lanes.is_open():
            return None
        try:
            return await self._answer(context, question)
        except LaneFailed as failure:
            READS.labels("failed").inc()
            log.warning("lane_failed", sqlstate=failure.sqlstate, message=str(failure)[:200])
            if failure.sqlstate in (CROWDED, CANCELLED):
                # Asked in the ordinary way it would take as long again.
                raise TryAgain() from failure
            known.is_bad = failure.sqlstate is not None and failure.sqlstate[:2] in _OURS
        except Unplanned:
            READS.labels("ordinary").inc()
        except Refused:
            pass
        except Exception as problem:
            READS.labels("failed").inc()
            if of_database(problem) is None:
                log.error("planned_answer_failed", exc_info=problem)
        return None

    async def _answer(self, context: Context, question: Prepared) -> bytes | None:
        arrival = context.arrival()
        if arrival is not None and question.known.modules <= arrival.member.terms.keys():
            # Whoever is not (any more) what they were gets no answer here, and is asked at the door like everybody.
            whole = await self._asked(context, question, arrival.member, arrival)
            if whole is not None:
                context.in_use(arrival)
                return whole
        member = await context.actor()
        for module in question.known.modules:
            member.require(module, write=False)
        return await self._asked(context, question, member, None)

    async def _asked(
        self, context: Context, question: Prepared, member: Member, arrival: Arrival | None
    ) -> bytes | None:
        operation = question.known.operation
        secrets = context.house.settings.secrets
        ready = operation.ready(question.lists, secrets, member.tenant_id)
        shape = (question.shape, tuple(one.shape for one in ready))
        plan = question.known.plans.get(shape) or await self._made(question, ready, shape)
        if not isinstance(plan, Plan):
            # Never the kept one: each raising would hang another request on it.
            raise Unplanned(str(plan))
        asking = Asking(question.variables.coerced, member, member.language, ready, arrival, secrets)
        said = await self.lanes.ask(member.context(), plan.statement, plan.parameters(asking))
        whole = finished(plan, said, asking) if said is not None else None
        if whole is not None:
            READS.labels("planned").inc()
        elif arrival is None:
            READS.labels("ordinary").inc()
        return whole

    async def _made(self, question: Prepared, ready: Sequence[Ready], shape: Any) -> "Plan | Unplanned":
        """The plan of a new shape: made beside the loop, for a great one takes a second; one at a time, and once for all who wait."""
        known = question.known
        making = known.making.get(shape)
        if making is None:
            making = known.making[shape] = asyncio.create_task(self._making(question, ready, shape))
        # Whoever leaves does not take it from the others.
        return await asyncio.shield(making)

    async def _making(self, question: Prepared, ready: Sequence[Ready], shape: Any) -> "Plan | Unplanned":
        known = question.known
        try:
            async with self._maker:
                asked = (known.operation, question.roots, question.chooser, ready)
                return known.plans.put(shape, await asyncio.to_thread(_compiled, *asked))
        finally:
            del known.making[shape]

    def _modules(self, roots: set[str]) -> frozenset[str]:
        kind = self._schema.query_type
        assert kind is not None
        declared = (declaration(strawberry_field(kind, name)) for name in roots if name in kind.fields)
        return frozenset(one.module for one in declared if one is not None and one.module is not None)


def _compiled(
    operation: Operation, roots: Sequence[Chosen], chooser: Chooser, ready: Sequence[Ready]
) -> "Plan | Unplanned":
    """The plan, or why there is none: a plan that cannot be made is a slower answer, never a missing one."""
    try:
        return operation.compiled(roots, chooser, ready)
    except Unplanned as reason:
        log.debug("unplanned", field=str(reason))
        return Unplanned(str(reason))
    except GraphQLError as problem:
        return Unplanned(problem.message)
    except Exception as problem:
        READS.labels("failed").inc()
        log.error("plan_failed", exc_info=problem)
        return Unplanned("failed")


def _roots(document: DocumentNode, chosen: SelectionSetNode) -> set[str]:
    fragments = {
        one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
    }
    found: set[str] = set()
    waiting = [chosen]
    while waiting:
        for node in waiting.pop().selections:
            if isinstance(node, FieldNode):
                found.add(node.name.value)
            elif isinstance(node, InlineFragmentNode):
                waiting.append(node.selection_set)
            elif isinstance(node, FragmentSpreadNode):
                waiting.append(fragments[node.name.value].selection_set)
    return found
