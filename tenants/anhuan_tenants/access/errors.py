"""What the policy itself refuses; a person's own missing right is `Forbidden`, as everywhere."""

from anhuan_infra.errors import BadInput, Conflict, Refused


class OutsideRole(Refused):
    """{role} reaches inside the company; someone of an outside party may hold only roles for outside people."""

    code = "OUTSIDE_ROLE"
    zh = "角色“{role}”可及公司内部，相关方人员只能担任外部角色。"


class AdministratorsRole(Refused):
    """The administrators' role must keep {act} everywhere, or nobody could give it back."""

    code = "ADMINISTRATORS_ROLE"
    zh = "租户管理员角色必须保留全公司的“{act}”，否则无人可再授予。"


class RoleCodeTaken(Refused):
    """There is a role {role} already; choose another code."""

    code = "CODE_TAKEN"
    zh = "角色编码 {role} 已存在，请换一个。"


class PermissionUnknown(BadInput):
    """{path}: there is no act or condition {word}."""

    zh = "{path}：没有“{word}”这一操作或条件。"


class SubjectUnknown(BadInput):
    """{path}: nothing of the kind {kind} has a place; one of {kinds} does."""

    zh = "{path}：“{kind}”没有所处位置；可用的种类：{kinds}。"


class RoleChanged(Conflict):
    """Somebody else has changed the role {role} since you looked at it; nothing was changed, look again."""

    zh = "角色“{role}”在您查看之后已被他人修改，本次未做任何更改，请重新查看。"
