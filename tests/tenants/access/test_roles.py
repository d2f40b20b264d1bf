"""The shipped roles hold together, and say what a safety engineer expects of them."""

import re

import pytest

from anhuan_infra.ids import new_id
from anhuan_infra.work import Place
from anhuan_tenants.access import roles
from anhuan_tenants.access.acts import Act, Resource
from anhuan_tenants.access.compiler import compile_access
from anhuan_tenants.access.policy import Condition, Grant, Role, Tree
from anhuan_tenants.organisation.models import Duty, UnitKind

SHIPPED = sorted(roles.SHIPPED.values(), key=lambda role: role.code)


def acts_of(code: str) -> set[Act]:
    return {act for act, _ in roles.SHIPPED[code].clauses}


def holders_of(act: Act) -> set[str]:
    return {role.code for role in SHIPPED if any(granted is act for granted, _ in role.clauses)}


def test_acts_are_noun_and_verb_in_alphabetical_order_with_a_chinese_name_of_their_own() -> None:
    names = [act.value for act in Act]

    assert names == sorted(names)
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+", name) for name in names)
    assert len({act.zh for act in Act}) == len(names)
    assert {act.resource for act in Act} == set(Resource)
    assert all(resource.reading.resource is resource for resource in Resource)


@pytest.mark.parametrize("act", Act)
def test_every_act_is_granted_by_some_role_and_refused_to_a_stranger(act: Act) -> None:
    tree, stranger = Tree({1: "u1"}), new_id()
    supplier = compile_access([Grant(stranger, "supplier_user", 1)], roles.SHIPPED, tree, stranger)

    assert holders_of(act)
    assert not supplier.allows(act, Place(unit_no=1, owner_id=new_id(), party_id=new_id()))


@pytest.mark.parametrize("role", SHIPPED, ids=lambda role: role.code)
def test_every_role_sees_what_it_may_act_upon(role: Role) -> None:
    reading = {condition for act, condition in role.clauses if act is Act.CASE_READ}
    acting = {condition for act, condition in role.clauses if act.resource is Resource.CASE}
    # Reporting and stopping begin something new; all else is done to a case that one can read.
    begun = {c for act, c in role.clauses if act in {Act.HAZARD_REPORT, Act.WORK_STOP}}

    assert acting - begun <= reading or Condition.TENANT in reading


@pytest.mark.parametrize("code", sorted(roles.OUTSIDE))
def test_outside_people_never_act_by_unit_or_across_the_company(code: str) -> None:
    conditions = {condition for _, condition in roles.SHIPPED[code].clauses}

    assert conditions <= {Condition.OWN, Condition.ASSIGNED, Condition.PARTY}


def test_the_auditor_only_reads() -> None:
    taken_away = {Act.RECORD_EXPORT, Act.HAZARD_EXPORT}

    assert all(act.value.endswith(".read") or act in taken_away for act in acts_of("auditor"))


def test_only_safety_grades_and_closes() -> None:
    safety = {"safety_director", "hq_safety_officer", "branch_safety_officer", "workshop_safety_officer"}

    assert holders_of(Act.HAZARD_GRADE) == safety
    assert holders_of(Act.HAZARD_CLOSE) == safety


def test_the_supervisor_stops_verifies_and_accepts_but_never_grades_or_assigns() -> None:
    acts = acts_of("supervisor")

    assert {Act.WORK_STOP, Act.WORK_RESUME, Act.HAZARD_VERIFY} <= acts
    assert acts.isdisjoint({Act.HAZARD_GRADE, Act.HAZARD_ASSIGN, Act.HAZARD_CLOSE})


def test_verification_can_be_joint_between_safety_and_production() -> None:
    assert {"workshop_safety_officer", "workshop_head", "team_leader"} <= holders_of(Act.HAZARD_VERIFY)


def test_administration_of_the_system_is_apart_from_safety_decisions_and_from_the_record() -> None:
    admin = acts_of("tenant_admin")

    assert admin.isdisjoint(
        {Act.HAZARD_GRADE, Act.HAZARD_REVIEW, Act.HAZARD_CLOSE, Act.RECORD_READ, Act.RECORD_EXPORT}
    )
    assert holders_of(Act.POLICY_MANAGE) == holders_of(Act.SUBSCRIPTION_MANAGE) == {"tenant_admin"}


def test_every_employee_reports_and_stops_work_in_danger() -> None:
    inside = {role.code for role in SHIPPED} - roles.OUTSIDE - {"auditor"}

    assert inside <= holders_of(Act.HAZARD_REPORT) & holders_of(Act.WORK_STOP)


@pytest.mark.parametrize("duty", Duty)
@pytest.mark.parametrize("kind", UnitKind)
def test_every_duty_at_every_tier_brings_a_shipped_role(duty: Duty, kind: UnitKind) -> None:
    assert roles.for_duty(duty, kind) in roles.SHIPPED


def test_the_safety_officers_role_follows_the_tier() -> None:
    assert [
        roles.for_duty(Duty.SAFETY_OFFICER, kind) for kind in (UnitKind.HQ, UnitKind.BRANCH, UnitKind.TEAM)
    ] == [
        "hq_safety_officer",
        "branch_safety_officer",
        "workshop_safety_officer",
    ]
