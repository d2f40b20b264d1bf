"""Why a person can or cannot do a thing, grant by grant, in words that an administrator can act upon."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from anhuan_infra.work import Place
from anhuan_tenants.access.acts import Act
from anhuan_tenants.access.policy import Condition, Grant, Role, Tree, covers


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the answer: whether it allows, a stable code, and the sentence in both languages."""

    allows: bool
    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one grant says, with a reason for each condition under which its role has the act."""

    grant: Grant
    allows: bool
    zh: str
    en: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole answer; `allowed` always equals what the compiled policy decides."""

    act: Act
    allowed: bool
    zh: str
    en: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks about which place; `place` None asks whether there can be any place at all."""

    act: Act
    person_id: UUID
    party_ids: frozenset[UUID]
    place: Place | None
    names: Mapping[int, str]
    """Unit numbers to the names that people know."""


def explain(
    grants: Iterable[Grant], roles: Mapping[str, Role], tree: Tree, question: Question
) -> Explanation:
    """Go through the grants that reach the person and say of each why it allows the act or not."""
    answers = tuple(_answer(grant, roles.get(grant.role), tree, question) for grant in grants)
    allowed = any(answer.allows for answer in answers)
    act = question.act
    if allowed:
        count = sum(answer.allows for answer in answers)
        zh, en = (
            f"可以“{act.zh}”：有 {count} 项授权成立。",
            f"May {act}: {count} of {len(answers)} grants allow it.",
        )
    elif answers:
        zh = f"不能“{act.zh}”：{len(answers)} 项授权均不成立。"
        en = f"May not {act}: none of {len(answers)} grants allows it."
    else:
        zh = f"不能“{act.zh}”：此人没有任何授权，请先授予角色。"
        en = f"May not {act}: the person holds no role; grant one first."
    return Explanation(act, allowed, zh, en, answers)


def _answer(grant: Grant, role: Role | None, tree: Tree, question: Question) -> Answer:
    reasons = _reasons(grant, role, tree, question)
    node = question.names.get(grant.node, str(grant.node))
    zh, en = (role.zh, role.en) if role else (grant.role, grant.role)
    if grant.post is None:
        held_zh, held_en = f"在“{node}”任“{zh}”", f"{en} at {node}"
    else:
        held_zh, held_en = f"经岗位在“{node}”任“{zh}”", f"{en} at {node}, through a post"
    allows = any(reason.allows for reason in reasons)
    verdict_zh, verdict_en = ("成立", "allows") if allows else ("不成立", "does not allow")
    return Answer(grant, allows, f"{held_zh}：{verdict_zh}", f"{held_en}: {verdict_en}", reasons)


def _reasons(grant: Grant, role: Role | None, tree: Tree, question: Question) -> tuple[Reason, ...]:
    act = question.act
    if role is None:
        return (
            Reason(
                False,
                "ROLE_GONE",
                f"角色 {grant.role} 已不存在。",
                f"The role {grant.role} no longer exists.",
            ),
        )
    if tree.path(grant.node) is None:
        return (
            Reason(
                False, "NODE_GONE", "授权所在的组织已不存在。", "The unit of this grant no longer exists."
            ),
        )
    conditions = sorted(condition for granted, condition in role.clauses if granted is act)
    if not conditions:
        zh, en = f"角色“{role.zh}”不含“{act.zh}”。", f"The role {role.en} does not include {act}."
        return (Reason(False, "ACT_NOT_IN_ROLE", zh, en),)
    return tuple(_reason(condition, grant, tree, question) for condition in conditions)


def _reason(condition: Condition, grant: Grant, tree: Tree, question: Question) -> Reason:
    place, me = question.place, question.person_id
    match condition:
        case Condition.TENANT:
            return Reason(True, "IN_TENANT", "全公司范围内有效。", "It holds everywhere in the company.")
        case Condition.UNIT:
            return _unit_reason(grant, tree, question)
        case Condition.OWN:
            if place is None or place.owner_id == me:
                return Reason(True, "IS_OWNER", "本人的事项有效。", "It holds for what is the person's own.")
            return Reason(
                False, "NOT_OWNER", "仅限本人的事项，此事项不属于本人。", "Only for one's own; this is not."
            )
        case Condition.ASSIGNED:
            if place is None or me in place.people:
                return Reason(
                    True,
                    "IS_ASSIGNED",
                    "指派给本人的事项有效。",
                    "It holds for what is assigned to the person.",
                )
            return Reason(
                False,
                "NOT_ASSIGNED",
                "仅限指派给本人的事项，此事项未指派给本人。",
                "Only for what is assigned; this is not.",
            )
        case Condition.PARTY:
            if question.party_ids if place is None else place.party_id in question.party_ids:
                return Reason(
                    True,
                    "IN_PARTY",
                    "本单位（相关方）的事项有效。",
                    "It holds for the person's outside party.",
                )
            return Reason(
                False,
                "NOT_PARTY",
                "仅限本相关方的事项，此事项不属于本相关方。",
                "Only for one's own outside party; this is not.",
            )


def _unit_reason(grant: Grant, tree: Tree, question: Question) -> Reason:
    node = question.names.get(grant.node, str(grant.node))
    if question.place is None:
        return Reason(
            True, "IN_UNIT", f"“{node}”及其下级的事项有效。", f"It holds for {node} and everything under it."
        )
    unit_no = question.place.unit_no
    path, node_path = tree.path(unit_no), tree.path(grant.node)
    if unit_no is None or path is None or node_path is None:
        return Reason(
            False, "NO_UNIT", "此事项不属于任何现有组织。", "The thing belongs to no unit that exists."
        )
    unit = question.names.get(unit_no, str(unit_no))
    if covers(node_path, path):
        return Reason(True, "IN_UNIT", f"“{unit}”在“{node}”范围内。", f"{unit} is at or under {node}.")
    return Reason(
        False, "OUTSIDE_UNIT", f"“{unit}”不在“{node}”范围内。", f"{unit} is not at or under {node}."
    )
