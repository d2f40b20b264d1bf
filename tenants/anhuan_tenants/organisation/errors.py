"""What the organisation refuses, beyond what is missing or forbidden."""

from anhuan_infra.errors import BadInput, Refused


class CodeTaken(Refused):
    """The code {value} is already used here."""

    code = "CODE_TAKEN"
    zh = "编码 {value} 已被使用。"


class AccountTaken(Refused):
    """Somebody has the account {account} already."""

    code = "ACCOUNT_TAKEN"
    zh = "工号 {account} 已有人使用。"


class ContactTaken(Refused):
    """{value} is the sign-in address of somebody else in the company ({account})."""

    code = "CONTACT_TAKEN"
    zh = "{value} 已是本公司另一人（{account}）的登录方式。"


class CodeMalformed(BadInput):
    """{path}: letters, digits and . _ - / only, at most 40."""

    zh = "{path} 只能由文字、数字和 . _ - / 组成，最多 40 位。"


class AccountMalformed(BadInput):
    """{path}: letters, digits and . _ - @ only, at most 64."""

    zh = "{path} 只能由字母、数字和 . _ - @ 组成，最多 64 位。"


class WordUnknown(BadInput):
    """{path} must be one of {choices}."""

    zh = "{path} 须为以下之一：{choices}。"


class KindOrder(Refused):
    """A unit of kind {kind} cannot stand under one of kind {above}."""

    code = "UNIT_KIND_ORDER"
    zh = "类型为 {kind} 的组织不能设在 {above} 之下。"


class TooDeep(Refused):
    """The tree would have more than {most} levels."""

    code = "UNIT_TOO_DEEP"
    zh = "组织最多 {most} 级。"


class UnderItself(Refused):
    """A unit cannot be moved under itself or under one of its own."""

    code = "UNIT_CYCLE"
    zh = "组织不能移到自身或其下级之下。"


class RootStays(Refused):
    """The unit at the top of the company can be neither moved nor closed."""

    code = "UNIT_ROOT_STAYS"
    zh = "公司最高一级组织不能移动或关闭。"


class UnitClosed(Refused):
    """The unit {name} is closed."""

    code = "UNIT_CLOSED"
    zh = "组织“{name}”已关闭。"


class UnitBusy(Refused):
    """The unit still has {units} units under it, {people} people, {cases} open cases, {areas} areas, {assets} machines and
    {parties} outside parties; move or end them first."""

    code = "UNIT_BUSY"
    zh = "该组织尚有下级组织 {units} 个、人员 {people} 名、未结事项 {cases} 件、区域 {areas} 个、设备 {assets} 台、相关方 {parties} 家，请先转移或结束。"


class OutsideDuty(Refused):
    """Someone of an outside party can hold only posts for outside people, and only they can."""

    code = "OUTSIDE_DUTY"
    zh = "相关方人员只能担任外部岗位，且外部岗位仅限相关方人员。"


class PartyEnded(Refused):
    """Work with the outside party {name} has ended."""

    code = "PARTY_ENDED"
    zh = "与相关方“{name}”的合作已结束。"


class ImportRunning(Refused):
    """Another workbook is being imported into this company; try again in a moment."""

    code = "IMPORT_RUNNING"
    zh = "本公司正在导入另一份工作簿，请稍后再试。"
