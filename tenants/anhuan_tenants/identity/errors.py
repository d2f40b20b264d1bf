"""What the door says; never whether an account exists."""

from anhuan_infra.errors import BadInput, Refused


class SignInRefused(Refused):
    """The name or the password is wrong."""

    code = "SIGN_IN_REFUSED"
    zh = "账号或密码不正确。"


class OtherPerson(Refused):
    """Somebody else is signed in on this device now; nothing was done."""

    code = "OTHER_PERSON"
    zh = "本设备当前登录的是另一个人，未执行任何操作。"


class AccountLocked(Refused):
    """Too many wrong passwords: this account is locked for up to {minutes} minutes; an administrator can unlock it sooner."""

    code = "ACCOUNT_LOCKED"
    zh = "密码错误次数过多，账号已锁定，最长 {minutes} 分钟；管理员可提前解锁。"


class AccountDisabled(Refused):
    """This account is disabled; ask your administrator."""

    code = "ACCOUNT_DISABLED"
    zh = "该账号已停用，请联系管理员。"


class TooManyAttempts(Refused):
    """Too many attempts come from your network; wait {minutes} minutes."""

    code = "TOO_MANY_ATTEMPTS"
    zh = "您所在网络的尝试次数过多，请 {minutes} 分钟后再试。"


class ChooseCompany(Refused):
    """You belong to several companies; sign in again with the company: {choices}."""

    code = "CHOOSE_COMPANY"
    zh = "您属于多家企业，请选择企业后重新登录：{choices}。"


class PasswordWrong(BadInput):
    """The present password is wrong."""

    code = "PASSWORD_WRONG"
    zh = "当前密码不正确。"


class ActivationRefused(Refused):
    """This activation code is wrong, used or too old; ask your administrator for a new one."""

    code = "ACTIVATION_REFUSED"
    zh = "激活码不正确、已使用或已过期，请向管理员索取新的激活码。"


class NotYourself(Refused):
    """You cannot disable your own account."""

    code = "NOT_YOURSELF"
    zh = "不能停用自己的账号。"


class LastAdministrator(Refused):
    """{name} is the last who can administer this company; appoint another first."""

    code = "LAST_ADMINISTRATOR"
    zh = "{name} 是最后一位租户管理员，请先指定他人。"
