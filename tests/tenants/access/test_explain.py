"""An administrator learns why a person can or cannot do a thing."""

from hypothesis import given, settings

from anhuan_infra.ids import new_id
from anhuan_infra.work import Place
from anhuan_tenants.access import explain, roles
from anhuan_tenants.access.acts import Act
from anhuan_tenants.access.policy import Grant, Tree
from tests.support import policies
from tests.support.policies import World

TREE = Tree({1: "u1", 2: "u1.u2", 3: "u1.u2.u3", 9: "u1.u9"})
NAMES = {1: "总部", 2: "一分厂", 3: "冲压车间", 9: "二分厂"}
LIN = new_id()


def asked(act: Act, place: Place | None, *grants: Grant) -> explain.Explanation:
    question = explain.Question(act, LIN, frozenset(), place, NAMES)
    return explain.explain(grants, roles.SHIPPED, TREE, question)


@settings(max_examples=120, deadline=None)
@given(policies.worlds())
def test_the_explanation_always_says_what_the_compiled_policy_decides(world: World) -> None:
    for person in world.people:
        access, grants = world.access(person), world.reaching(person)
        for act in policies.ACTS:
            for place in (None, *world.places):
                question = explain.Question(act, person, world.parties[person], place, {})

                told = explain.explain(grants, world.roles, world.tree, question)

                assert told.allowed is access.allows(act, place)
                assert told.allowed is any(answer.allows for answer in told.answers)


def test_a_thing_of_another_branch_is_named_as_outside_the_node() -> None:
    told = asked(Act.HAZARD_GRADE, Place(unit_no=9), Grant(LIN, "branch_safety_officer", 2))

    assert not told.allowed
    assert told.zh == "不能“隐患定级”：1 项授权均不成立。"
    assert told.answers[0].zh == "在“一分厂”任“分厂安全员”：不成立"
    assert told.answers[0].reasons == (
        explain.Reason(
            False, "OUTSIDE_UNIT", "“二分厂”不在“一分厂”范围内。", "二分厂 is not at or under 一分厂."
        ),
    )


def test_what_a_post_brings_is_told_as_such() -> None:
    told = asked(Act.HAZARD_ASSIGN, Place(unit_no=3), Grant(LIN, "workshop_head", 3, post=new_id()))

    assert told.allowed
    assert told.answers[0].en == "Workshop head at 冲压车间, through a post: allows"


def test_each_kind_of_no_has_its_own_code() -> None:
    somewhere = Place(unit_no=2, owner_id=new_id())

    def codes(act: Act, grant: Grant, place: Place = somewhere) -> list[str]:
        return [reason.code for reason in asked(act, place, grant).answers[0].reasons]

    assert codes(Act.CASE_READ, Grant(LIN, "worker", 3)) == ["NOT_ASSIGNED", "NOT_OWNER"]
    assert codes(Act.CASE_READ, Grant(LIN, "supplier_user", 1)) == ["NOT_ASSIGNED", "NOT_OWNER", "NOT_PARTY"]
    assert codes(Act.POLICY_MANAGE, Grant(LIN, "worker", 3)) == ["ACT_NOT_IN_ROLE"]
    assert codes(Act.CASE_READ, Grant(LIN, "no_such_role", 3)) == ["ROLE_GONE"]
    assert codes(Act.CASE_READ, Grant(LIN, "worker", 77)) == ["NODE_GONE"]
    assert codes(Act.HAZARD_GRADE, Grant(LIN, "workshop_safety_officer", 3), Place()) == ["NO_UNIT"]


def test_a_person_without_any_grant_is_told_to_get_one() -> None:
    told = asked(Act.CASE_READ, None)

    assert (told.allowed, told.answers) == (False, ())
    assert told.en == "May not case.read: the person holds no role; grant one first."
