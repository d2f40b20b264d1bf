"""The planner at the door: which questions PostgreSQL answers by itself, and their answers.

A document is read, measured and validated in the ordinary way the first time that it comes. From the second time on its plan is
used, one for each shape of its variables: which are given, which truth values and members of enumerations they have. Whatever has no
plan, whatever is refused, and whatever turns out to be missing is answered in the ordinary way, which knows how to say it.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, TypeVar

import structlog
from graphql.execution.values import VariableValues, get_variable_values
from prometheus_client import Counter
from strawberry import Schema

from anhuan_graphql import limits
from anhuan_graphql.context import Context
from anhuan_graphql.documents import Question
from anhuan_graphql.errors import TryAgain, Unavailable
from anhuan_graphql.fields import declaration
from anhuan_graphql.planner.compiler import strawberry_field
from anhuan_graphql.planner.operation import Operation, finished
from anhuan_graphql.planner.paging import Ready
from anhuan_graphql.planner.readings import Unplanned
from anhuan_graphql.planner.selection import Chooser, Chosen
from anhuan_graphql.planner.statement import Asking, Plan
from anhuan_infra.db.lane import CANCELLED, LaneFailed
from anhuan_infra.db.lanes import CROWDED, Lanes
from anhuan_infra.errors import Refused
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)

log = structlog.get_logger("anhuan.wire")
K = TypeVar("K")
V = TypeVar("V")

_DOCUMENTS = 500
_SHAPES = 64
READS = Counter("anhuan_reads", "Questions by the way in which they were answered.", ["way"])


class Recent(Generic[K, V]):
    """The values used last, so many of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        """The value, which counts as used now."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: K, value: V) -> V:
        """Keep a value; the one not used for longest goes."""
        self._kept[key] = value
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return value


@dataclass
class Known:
    """A document that passed every check once."""

    operation: Operation
    modules: frozenset[str]
    """Modules of its root fields."""
    plans: Recent[Any, Plan] = field(default_factory=lambda: Recent(_SHAPES))
    """By the shape of what is given."""


class Planner:
    """Plans of one schema over one set of lanes."""

    def __init__(self, schema: Schema, lanes: Lanes) -> None:
        self._wire = schema
        self._schema = limits.core(schema)
        self._lanes = lanes
        self._known: Recent[tuple[str, str | None], Known] = Recent(_DOCUMENTS)

    def learn(self, text: str, name: str | None, document: DocumentNode) -> None:
        """The ordinary way has found this document to be good."""
        key = (text, name)
        if self._known.get(key) is not None:
            return
        operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
        wanted = [one for one in operations if name in (None, one.name and one.name.value)]
        if len(wanted) == 1 and wanted[0].operation is OperationType.QUERY:
            roots = _roots(document, wanted[0].selection_set)
            operation = Operation(self._wire, self._schema, document, wanted[0])
            self._known.put(key, Known(operation, self._modules(roots)))

    def forget(self) -> None:
        """Every document comes for the first time again."""
        self._known = Recent(_DOCUMENTS)

    async def answer(self, context: Context, question: Question) -> bytes | None:
        """The whole answer as it goes out, or None where the ordinary way must be taken."""
        known = self._known.get((question.query, question.operation))
        if known is None:
            return None
        try:
            return await self._answer(context, question, known)
        except LaneFailed as failure:
            log.warning("lane_failed", sqlstate=failure.sqlstate, message=str(failure)[:200])
            READS.labels("failed").inc()
            raise (TryAgain() if failure.sqlstate in (CROWDED, CANCELLED) else Unavailable()) from failure
        except Refused:
            return None

    async def _answer(self, context: Context, question: Question, known: Known) -> bytes | None:
        operation = known.operation
        limits.check_values(question.variables)
        limits.measure(self._schema, operation.document, question.variables)
        variables = get_variable_values(
            self._schema, operation.node.variable_definitions or (), question.variables
        )
        if not isinstance(variables, VariableValues):
            return None
        member = await context.actor()
        for module in known.modules:
            member.require(module, write=False)
        try:
            chooser = operation.chooser(variables)
            roots = operation.roots(chooser)
            secrets = context.house.settings.secrets
            ready = operation.ready(roots, variables, secrets, member.tenant_id)
            shape = (_shape(variables.coerced), tuple(one.shape for one in ready))
            plan = known.plans.get(shape)
            if plan is None:
                plan = known.plans.put(shape, _compiled(operation, roots, chooser, ready))
        except Unplanned as reason:
            log.debug("unplanned", field=str(reason))
            READS.labels("ordinary").inc()
            return None
        asking = Asking(variables.coerced, member, member.language, ready)
        said = await self._lanes.ask(member.context(), plan.statement, plan.parameters(asking))
        whole = finished(plan, said, asking) if said is not None else None
        READS.labels("planned" if whole is not None else "ordinary").inc()
        return whole

    def _modules(self, roots: set[str]) -> frozenset[str]:
        kind = self._schema.query_type
        assert kind is not None
        declared = (declaration(strawberry_field(kind, name)) for name in roots if name in kind.fields)
        return frozenset(one.module for one in declared if one is not None and one.module is not None)


def _compiled(
    operation: Operation, roots: Sequence[Chosen], chooser: Chooser, ready: Sequence[Ready]
) -> Plan:
    """A plan that cannot be made is a slower answer, never a missing one."""
    try:
        return operation.compiled(roots, chooser, ready)
    except Unplanned:
        raise
    except Exception as problem:
        log.error("plan_failed", exc_info=problem)
        raise Unplanned("failed") from problem


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


def _shape(value: Any) -> Any:
    """What of the variables shapes a statement."""
    if value is None or isinstance(value, bool | Enum):
        return value
    if isinstance(value, Mapping):
        return tuple((key, _shape(one)) for key, one in value.items())
    return type(value).__name__
