"""What can be wrong in a row of the organisation workbook: a stable code and a sentence that says what to change."""

from dataclasses import dataclass

SAYINGS: dict[str, tuple[str, str]] = {
    "AMBIGUOUS_UNIT": (
        "有多个组织叫“{value}”，请填写编码。",
        "Several units are called {value}; give the code.",
    ),
    "BAD_ACCOUNT": (
        "工号“{value}”只能由字母、数字和 . _ - @ 组成，最多 64 位。",
        "Account {value}: letters, digits and . _ - @ only, at most 64.",
    ),
    "BAD_CHARACTER": (
        "含有不可见或非文本字符（U+{value}）。",
        "Holds a character that is not text or is invisible (U+{value}).",
    ),
    "BAD_CODE": (
        "编码“{value}”只能由文字、数字和 . _ - / 组成，最多 40 位。",
        "Code {value}: letters, digits and . _ - / only, at most 40.",
    ),
    "BAD_EMAIL": ("邮箱“{value}”格式不正确。", "{value} is not an e-mail address."),
    "BAD_PHONE": (
        "电话“{value}”不是有效号码。",
        "{value} is not a phone number.",
    ),
    "CYCLE": ("组织“{value}”的上级关系成环。", "The parents of unit {value} run in a circle."),
    "DATE_CELL": (
        "Excel 把此单元格当成了日期（{value}），请设为文本后重填。",
        "Excel made this cell a date ({value}); format it as text and type it again.",
    ),
    "DUPLICATE_CODE": ("编码“{value}”已在第 {other} 行出现。", "Code {value} stands on row {other} already."),
    "DUPLICATE_EMAIL": (
        "邮箱“{value}”已用于第 {other} 行的另一人。",
        "E-mail {value} is another person's, row {other}.",
    ),
    "DUPLICATE_PERSON": (
        "工号“{value}”在第 {other} 行是另一人或资料不同。",
        "Account {value} on row {other} is someone else or has other details.",
    ),
    "DUPLICATE_PHONE": (
        "手机“{value}”已用于第 {other} 行的另一人。",
        "Phone {value} is another person's, row {other}.",
    ),
    "FORMULA": (
        "内容以“=”开头，像未计算的公式：{value}。请粘贴为数值。",
        "It begins with = like a formula that was not computed: {value}. Paste it as a value.",
    ),
    "EMAIL_TAKEN": (
        "邮箱“{value}”已是工号 {other} 的登录方式。",
        "E-mail {value} is account {other}'s to sign in.",
    ),
    "KIND_ORDER": ("“{value}”不能设在“{other}”之下。", "A {value} cannot stand under a {other}."),
    "MISSING_COLUMN": ("缺少“{value}”列。", "The column {value} is missing."),
    "MISSING_SHEET": ("找不到“组织”或“岗位人员”表。", "There is neither a sheet 组织 nor 岗位人员."),
    "OUTSIDE_DUTY": (
        "相关方人员的职责只能是“外部人员”，不能是“{value}”。",
        "Someone of an outside party cannot have the duty {value}.",
    ),
    "OUTSIDE_ROLE": (
        "相关方人员不能授予内部角色“{value}”。",
        "Someone of an outside party cannot have the inside role {value}.",
    ),
    "PARTY_CHANGE": (
        "工号“{value}”是本公司人员，不能改为相关方人员；请另设工号。",
        "Account {value} is own staff and cannot become someone of an outside party; give a new account.",
    ),
    "PARTY_ENDED": ("与相关方“{value}”的合作已结束。", "Work with the outside party {value} has ended."),
    "PARTY_MISSING": (
        "外部人员须填写相关方。",
        "Someone with an outside duty needs an outside employer.",
    ),
    "PERSON_DISABLED": (
        "工号“{value}”已停用，资料已按表处理，账号仍停用。",
        "Account {value} is disabled and stays so.",
    ),
    "PHONE_TAKEN": (
        "手机“{value}”已是工号 {other} 的登录方式。",
        "Phone {value} is account {other}'s to sign in.",
    ),
    "POSTS_AND_DUTIES": (
        "有 {value} 个岗位、{other} 个职责：请填一个职责或与岗位数相同。",
        "{value} posts and {other} duties: give one duty, or one for each post.",
    ),
    "REPEATED_ROW": ("与第 {other} 行相同，已忽略。", "The same as row {other}; left out."),
    "REQUIRED": ("“{value}”不能为空。", "{value} must not be empty."),
    "SECOND_ROOT": (
        "上级编码为空：最高一级只能有一个，已是“{value}”。",
        "No parent: only one unit stands at the top, and that is {value}.",
    ),
    "TOO_DEEP": ("组织最多 {value} 级。", "At most {value} levels."),
    "TOO_LONG": ("最多 {value} 个字符。", "At most {value} characters."),
    "TOO_MANY_ERRORS": (
        "错误过多，仅列出前 {value} 条。",
        "There are more mistakes; the first {value} are listed.",
    ),
    "UNIT_CLOSED": ("组织“{value}”已关闭，请使用新的编码。", "Unit {value} is closed; use another code."),
    "UNIT_REFUSED": (
        "组织“{value}”所在行有误，未能导入。",
        "The row of unit {value} has a mistake, so there is no such unit.",
    ),
    "UNKNOWN_DUTY": (
        "没有职责“{value}”，请从列表中选择。",
        "There is no duty {value}; choose from the list.",
    ),
    "UNKNOWN_FUNCTION": (
        "没有职能“{value}”，请从列表中选择。",
        "There is no function {value}; choose from the list.",
    ),
    "UNKNOWN_HEAD": ("找不到工号“{value}”。", "There is no person with the account {value}."),
    "UNKNOWN_KIND": (
        "没有类型“{value}”，请从列表中选择。",
        "There is no kind {value}; choose from the list.",
    ),
    "UNKNOWN_ROLE": ("没有角色“{value}”。", "There is no role {value}."),
    "UNKNOWN_UNIT": ("找不到组织“{value}”。", "There is no unit {value}."),
}


@dataclass(frozen=True, slots=True)
class RowError:
    """One mistake and where it stands: sheet, row as Excel counts it (0 for the whole sheet), heading of the column."""

    sheet: str
    row: int
    column: str
    code: str
    zh: str
    en: str


def row_error(
    sheet: str, row: int, column: str, code: str, value: object = "", other: object = ""
) -> RowError:
    """A mistake with its sentences; long values are shortened."""
    zh, en = SAYINGS[code]
    shown = str(value)[:60]
    return RowError(
        sheet, row, column, code, zh.format(value=shown, other=other), en.format(value=shown, other=other)
    )


class Odd(Exception):
    """A cell that cannot be taken, by code and what was found; caught by the row that holds the cell."""

    def __init__(self, code: str, value: object = "") -> None:
        super().__init__(code)
        self.code = code
        self.value = value
