"""What compiled policy says in the cases that people know by name."""

from uuid import UUID

from anhuan_infra.ids import new_id
from anhuan_infra.work import Place
from anhuan_tenants.access import roles
from anhuan_tenants.access.acts import Act
from anhuan_tenants.access.compiler import Access, compile_access
from anhuan_tenants.access.policy import Condition, Grant, Holding, Role, Tree, covers, reaching

HQ, BRANCH_1, WORKSHOP_11, TEAM_111, BRANCH_10 = 1, 2, 3, 4, 10
TREE = Tree({1: "u1", 2: "u1.u2", 3: "u1.u2.u3", 4: "u1.u2.u3.u4", 10: "u1.u10", 20: "u1.u20"})
LIN, WEI = new_id(), new_id()


def access_of(person: UUID, role: str, node: int, party_ids: frozenset[UUID] = frozenset()) -> Access:
    return compile_access([Grant(person, role, node)], roles.SHIPPED, TREE, person, party_ids)


def test_a_branch_officer_grades_in_the_whole_branch_and_not_in_the_next() -> None:
    wei = access_of(WEI, "branch_safety_officer", BRANCH_1)

    assert wei.allows("hazard.grade", Place(unit_no=TEAM_111, owner_id=LIN))
    assert not wei.allows("hazard.grade", Place(unit_no=BRANCH_10))
    assert not wei.allows("hazard.grade", Place(unit_no=HQ))
    assert not wei.allows("hazard.grade", Place())


def test_a_worker_sees_what_is_theirs_and_what_they_are_sent_to() -> None:
    lin = access_of(LIN, "worker", TEAM_111)

    assert lin.allows("case.read", Place(unit_no=BRANCH_10, owner_id=LIN))
    assert lin.allows("case.read", Place(unit_no=BRANCH_10, people=frozenset({LIN, WEI})))
    assert not lin.allows("case.read", Place(unit_no=TEAM_111, owner_id=WEI))
    assert not lin.allows("hazard.grade", Place(unit_no=TEAM_111, owner_id=LIN))


def test_anyone_employed_may_report_anywhere_and_stop_work_where_they_work() -> None:
    lin = access_of(LIN, "worker", WORKSHOP_11)

    assert lin.allows("hazard.report", Place(unit_no=BRANCH_10, owner_id=LIN))
    assert lin.allows("work.stop", Place(unit_no=TEAM_111))
    assert not lin.allows("work.stop", Place(unit_no=BRANCH_10))
    assert not lin.allows("work.resume", Place(unit_no=TEAM_111))


def test_a_contractors_worker_sees_the_own_party_and_no_unit() -> None:
    ours, theirs = new_id(), new_id()
    visitor = access_of(LIN, "contractor_worker", WORKSHOP_11, frozenset({ours}))

    assert visitor.allows("case.read", Place(unit_no=WORKSHOP_11, party_id=ours))
    assert not visitor.allows("case.read", Place(unit_no=WORKSHOP_11, party_id=theirs))
    assert not visitor.allows("case.read", Place(unit_no=WORKSHOP_11))
    assert visitor.settings()["app.units_case"] == ""


def test_a_post_brings_its_roles_where_it_is_held_and_not_where_another_holds_it() -> None:
    post = new_id()
    holdings = [Holding(LIN, post, WORKSHOP_11), Holding(WEI, post, BRANCH_10)]

    found = reaching(LIN, [], holdings, {post: frozenset({"workshop_head"})})
    lin = compile_access(found, roles.SHIPPED, TREE, LIN)

    assert found == (Grant(LIN, "workshop_head", WORKSHOP_11, post),)
    assert lin.allows("hazard.assign", Place(unit_no=TEAM_111))
    assert not lin.allows("hazard.assign", Place(unit_no=BRANCH_10))


def test_no_grant_is_no_access_and_no_row_in_the_database() -> None:
    nobody = compile_access([], roles.SHIPPED, TREE, LIN)

    assert [act for act in Act if nobody.allows(act, None)] == []
    assert set(nobody.settings().values()) == {""}
    assert not nobody.allows("no.such_act", None)


def test_settings_are_written_as_postgresql_reads_them() -> None:
    wei = access_of(WEI, "workshop_safety_officer", WORKSHOP_11).settings()
    director = access_of(WEI, "safety_director", HQ).settings()

    assert wei["app.see_case"] == "own,assigned"
    assert wei["app.units_case"] == "{3,4}"
    assert (director["app.see_case"], director["app.units_case"]) == ("all", "")
    assert (
        access_of(LIN, "supplier_user", HQ, frozenset({WEI})).settings()["app.parties_party"] == f"{{{WEI}}}"
    )


def test_asked_without_a_thing_the_answer_is_whether_there_can_be_one() -> None:
    lin = access_of(LIN, "worker", TEAM_111)

    assert lin.allows("case.read", None)
    assert not lin.allows("policy.manage", None)
    assert not access_of(LIN, "supplier_user", HQ).allows("party.read", None)


def test_buttons_are_the_acts_allowed_at_the_place() -> None:
    auditor = access_of(WEI, "auditor", HQ)

    assert auditor.allowed(Place(unit_no=TEAM_111)) == [
        Act.CASE_READ,
        Act.CHECKLIST_READ,
        Act.DEFINITION_READ,
        Act.HAZARD_EXPORT,
        Act.PARTY_READ,
        Act.PERSON_READ,
        Act.POLICY_READ,
        Act.RECORD_EXPORT,
        Act.RECORD_READ,
        Act.SUBSCRIPTION_READ,
        Act.UNIT_READ,
    ]


def test_a_node_covers_itself_and_its_own_branch_only() -> None:
    assert covers("u1.u2", "u1.u2")
    assert covers("u1.u2", "u1.u2.u3")
    assert not covers("u1.u2", "u1.u20")
    assert not covers("u1.u2.u3", "u1.u2")
    assert TREE.under(BRANCH_1) == {BRANCH_1, WORKSHOP_11, TEAM_111}


def test_a_stored_role_reads_back_and_unknown_words_grant_nothing() -> None:
    head = roles.SHIPPED["workshop_head"]

    assert Role.of(head.code, head.zh, head.en, head.pairs()) == head
    odd = Role.of(
        "odd", "怪", "Odd", [["case.read", "own"], ["case.fly", "own"], ["case.read", "moon"], ["case.read"]]
    )
    assert odd.clauses == {(Act.CASE_READ, Condition.OWN)}
