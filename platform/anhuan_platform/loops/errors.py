"""What a loop declines, in words for the person who tried."""

from types import MappingProxyType

from anhuan_infra.errors import Refused, Words

PURPOSES = MappingProxyType(
    {
        "before": Words("整改前", "before"),
        "after": Words("整改后", "after"),
        "test": Words("测试", "test"),
        "verification": Words("现场验证", "verification"),
        "resume": Words("复工现场", "resuming work"),
    }
)
"""What evidence shows, by the code of its purpose."""


class NotYourTurn(Refused):
    """The step {step} waits for somebody else; you can see in the case who it is."""

    code = "NOT_YOUR_TURN"
    zh = "步骤“{step}”正等待其他责任人处理，可在详情中查看当前责任人。"


class StepNotOpen(Refused):
    """The step {step} is not open now; the case stands at {stage}. Steps cannot be skipped."""

    code = "STEP_NOT_OPEN"
    zh = "步骤“{step}”当前未开放，流程处于“{stage}”阶段；任何环节不得跳过。"


class CaseEnded(Refused):
    """This case is {status}; nothing more can be changed in it."""

    code = "CASE_ENDED"
    zh = "该流程已结束，不能再变更。"


class SelfCheck(Refused):
    """You did this work yourself, so somebody else has to check it."""

    code = "SELF_CHECK"
    zh = "本人不能验收自己完成的工作，须由他人验证。"


class EvidenceNeeded(Refused):
    """{step} needs at least {least} piece(s) of evidence of the kind {purpose}; {given} came."""

    code = "EVIDENCE_NEEDED"
    zh = "“{step}”至少需要 {least} 份“{purpose}”证据，目前只有 {given} 份。"


class FormInvalid(Refused):
    """{path} is not acceptable: {reason}."""

    code = "FORM_INVALID"
    zh = "{path} 填写有误：{reason}。"

    def message(self, language: str) -> str:
        """As every refusal, with the field's name among the facts."""
        self.facts["path"] = self.path or "answers"
        return super().message(language)


class DefinitionInvalid(Refused):
    """This loop definition cannot be used: {reason}."""

    code = "DEFINITION_INVALID"
    zh = "流程定义不可用：{reason}。"


class ReasonNeeded(Refused):
    """Say why; a rejection, a hand-over or a stop without a reason helps nobody."""

    code = "REASON_NEEDED"
    zh = "请填写原因：驳回、转交、停工都必须说明理由。"


class CannotAct(Refused):
    """{name} has no role that allows this step here, so it cannot be passed to them."""

    code = "CANNOT_ACT"
    zh = "{name} 在此处没有办理该环节的权限，不能转交。"


class WorkStandsStill(Refused):
    """Work still stands still because of this case; have it resumed on site first."""

    code = "WORK_STANDS_STILL"
    zh = "该事项的停工令尚未解除，请先现场确认并复工。"


class RankTooLow(Refused):
    """{name} holds no post that may sign in place of {duty}."""

    code = "RANK_TOO_LOW"
    zh = "{name} 的岗位层级不足以代替“{duty}”签字。"
