"""The shipped hazard loop (隐患闭环): 发现—登记—整改—验证—归档, no step skipped.

Limits are a company's defaults and data: grade A (重大) plan started within 2 h and rectified within 24 h, general manager and safety
director both sign; B (较大) interim control within 24 h, rectified within 72 h, department head approves; C (一般) rectified within 72 h.
Beside the grade's clock runs the tier's: workshop 24 h, branch 3 days, headquarters 1 week; the earlier wins and is shown.
"""

from anhuan_platform.loops.definition import Clock, Definition, EvidenceRule, Rung, Step, Who

_HOUR = 60
_DAY = 24 * _HOUR

SAFETY_OFFICER = Who("duty", duty="safety_officer")
_SAFETY_DIRECTOR = Who("duty", duty="safety_director")
_GENERAL_MANAGER = Who("duty", duty="general_manager")
_LEADER = Who("duty", duty="responsible_leader")
_DOER = Who("responsible")

_A = "grade == 'A'"
_B = "grade == 'B'"
_C = "grade == 'C'"
_A_OR_B = "grade == 'A' || grade == 'B'"

_NOTE = {"type": "string", "minLength": 2, "maxLength": 2000}

_GRADING = (
    Rung("before", percent=50, tell=(SAFETY_OFFICER,)),
    Rung("after", tell=(Who("duty", duty="safety_officer", tier="branch"),)),
    Rung("after", minutes=_HOUR, tell=(_LEADER, _SAFETY_DIRECTOR)),
    Rung("after", minutes=4 * _HOUR, tell=(_GENERAL_MANAGER,)),
)
_RECTIFYING = (
    # 12 hours before; for windows of 24 hours or less that means half of the window.
    Rung("before", minutes=12 * _HOUR, percent=50, tell=(_DOER, Who("head", at="responsible", up=1))),
    Rung("after", tell=(Who("head", at="responsible"), SAFETY_OFFICER)),
    Rung(
        "after",
        minutes=2 * _HOUR,
        percent=25,
        tell=(_LEADER, Who("duty", duty="safety_officer", tier="branch")),
    ),
    Rung("after", minutes=4 * _HOUR, percent=50, tell=(_SAFETY_DIRECTOR, _GENERAL_MANAGER)),
    Rung(
        "after", minutes=8 * _HOUR, percent=100, tell=(_GENERAL_MANAGER, _SAFETY_DIRECTOR), effect="stop_work"
    ),
)
_CHECKING = (
    Rung("before", minutes=12 * _HOUR, percent=50, tell=(SAFETY_OFFICER,)),
    Rung("after", tell=(Who("head", up=1), SAFETY_OFFICER)),
    Rung("after", minutes=4 * _HOUR, percent=50, tell=(_LEADER, _SAFETY_DIRECTOR)),
    Rung("after", minutes=_DAY, percent=100, tell=(_GENERAL_MANAGER,)),
)

HAZARD = Definition(
    code="hazard",
    version=1,
    name={"zh": "隐患治理闭环", "en": "Hazard loop"},
    series="HZ",
    stages=(
        ("grading", {"zh": "待定级", "en": "Grading"}),
        ("dispatch", {"zh": "待派发", "en": "Dispatch"}),
        ("rectification", {"zh": "整改中", "en": "Rectification"}),
        ("review", {"zh": "验收中", "en": "Review"}),
        ("verification", {"zh": "现场验证", "en": "On-site verification"}),
    ),
    steps=(
        Step(
            code="grade",
            stage="grading",
            name={"zh": "定级", "en": "Grade"},
            act="hazard.grade",
            seats=(SAFETY_OFFICER,),
            clocks=(Clock("grading", _HOUR),),
            ladder="grading",
        ),
        Step(
            code="assign",
            stage="dispatch",
            name={"zh": "派发", "en": "Assign"},
            act="hazard.assign",
            after=("grade",),
            seats=(
                Who("duty", duty="team_leader", when=_C),
                Who("duty", duty="safety_officer", when=_B),
                Who("duty", duty="safety_director", when=_A),
            ),
            clocks=(
                Clock("dispatch.A", 30, when=_A),
                Clock("dispatch.B", 4 * _HOUR, when=_B),
                Clock("dispatch.C", 8 * _HOUR, when=_C),
            ),
            ladder="grading",
        ),
        Step(
            code="control",
            stage="rectification",
            name={"zh": "临时管控与整改方案", "en": "Interim control and plan"},
            act="hazard.rectify",
            after=("assign",),
            when=_A_OR_B,
            seats=(_DOER,),
            clocks=(
                Clock("plan.A", 2 * _HOUR, since="graded_at", when=_A),
                Clock("control.B", _DAY, since="graded_at", when=_B),
            ),
            again=_HOUR,
            ladder="rectifying",
            form={"type": "object", "required": ["measures"], "properties": {"measures": _NOTE}},
        ),
        Step(
            code="authorise",
            stage="rectification",
            name={"zh": "方案审批", "en": "Approve the plan"},
            act="hazard.review",
            kind="approval",
            after=("control",),
            when=_A_OR_B,
            back="control",
            checks=("control",),
            seats=(
                Who("duty", duty="general_manager", when=_A),
                Who("duty", duty="safety_director", when=_A),
                Who("duty", duty="department_head", at="responsible", when=_B),
            ),
            clocks=(Clock("approval.A", 2 * _HOUR, when=_A), Clock("approval.B", 8 * _HOUR, when=_B)),
            ladder="checking",
        ),
        Step(
            code="rectify",
            stage="rectification",
            name={"zh": "整改", "en": "Rectify"},
            act="hazard.rectify",
            after=("assign",),
            seats=(_DOER,),
            clocks=(
                Clock("grade.A", _DAY, since="graded_at", when=_A),
                Clock("grade.B", 3 * _DAY, since="graded_at", when=_B),
                Clock("grade.C", 3 * _DAY, since="graded_at", when=_C),
                Clock("tier.workshop", _DAY, since="assigned_at", when="tier == 'workshop'"),
                Clock("tier.branch", 3 * _DAY, since="assigned_at", when="tier == 'branch'"),
                Clock("tier.hq", 7 * _DAY, since="assigned_at", when="tier == 'hq'"),
            ),
            again=4 * _HOUR,
            ladder="rectifying",
            form={
                "type": "object",
                "required": ["measures", "test"],
                "properties": {
                    "measures": _NOTE,
                    "test": {
                        "type": "object",
                        "required": ["passed", "summary"],
                        "properties": {
                            "passed": {"const": True},
                            "summary": _NOTE,
                            "value": {"type": "string", "maxLength": 100},
                        },
                    },
                },
            },
            evidence=(EvidenceRule("before"), EvidenceRule("after")),
        ),
        Step(
            code="accept",
            stage="review",
            name={"zh": "三级验收", "en": "Three reviews"},
            act="hazard.review",
            kind="approval",
            mode="serial",
            after=("rectify", "control", "authorise"),
            back="rectify",
            checks=("rectify",),
            seats=(Who("duty", duty="team_leader"), SAFETY_OFFICER, _LEADER),
            clocks=(Clock("review", 2 * _DAY, working=True),),
            ladder="checking",
        ),
        Step(
            code="verify",
            stage="verification",
            name={"zh": "现场联合验证", "en": "Joint verification on site"},
            act="hazard.verify",
            kind="approval",
            after=("accept",),
            back="rectify",
            checks=("rectify",),
            seats=(SAFETY_OFFICER, Who("duty", duty="workshop_head")),
            clocks=(Clock("verification", 2 * _DAY, working=True),),
            ladder="checking",
            evidence=(EvidenceRule("verification"),),
        ),
    ),
    ladders={"grading": _GRADING, "rectifying": _RECTIFYING, "checking": _CHECKING},
)
