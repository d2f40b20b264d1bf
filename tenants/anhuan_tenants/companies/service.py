"""A company signs itself up and becomes a tenant; its settings."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from anhuan_infra import text
from anhuan_infra.db.engine import Sessions
from anhuan_infra.errors import BadInput, Refused
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Secrets, Settings
from anhuan_infra.work import Source, Work, open_work
from anhuan_tenants.access import models as access_models
from anhuan_tenants.access.acts import Act
from anhuan_tenants.access.giving import EVERYWHERE
from anhuan_tenants.access.roles import SHIPPED
from anhuan_tenants.companies import directory, rules
from anhuan_tenants.companies.models import Company
from anhuan_tenants.companies.rules import Strictness
from anhuan_tenants.identity import password_rules, passwords
from anhuan_tenants.identity.entry import house
from anhuan_tenants.identity.service import credentials
from anhuan_tenants.organisation.models import Contact, Person, Unit, UnitKind
from anhuan_tenants.subscriptions import service as subscriptions

LANGUAGES = ("zh", "en")
FOUNDER_ROLES = ("tenant_admin", "hq_safety_officer")
ROOT = 1
"""Number of the unit at the top of every company."""

After = Sequence[Callable[[Work], Awaitable[None]]]
"""What other rooms lay into a new company, in the same transaction: the shipped loops, a calendar."""


class CompanyCodeTaken(Refused):
    """The company code {company_code} is taken; choose another."""

    code = "COMPANY_CODE_TAKEN"
    zh = "企业代码 {company_code} 已被使用，请换一个。"


class ZoneUnknown(BadInput):
    """{path} is not a time zone of the IANA list."""

    zh = "{path} 不是有效的时区名称。"


class LanguageUnknown(BadInput):
    """{path} must be zh or en."""

    zh = "{path} 须为 zh 或 en。"


@dataclass(frozen=True, slots=True)
class SignUp:
    """What a company says of itself and of its founder; `id` is made by the client and becomes the company's."""

    id: UUID
    code: str
    name: str
    founder: str
    account: str
    password: str
    email: str | None = None
    phone: str | None = None
    language: str = "zh"
    zone: str = "Asia/Shanghai"
    industry_code: str | None = None
    region_code: str | None = None

    def checked(self) -> "SignUp":
        """The same in the form in which it is kept, or a refusal that names the field."""
        if self.language not in LANGUAGES:
            raise LanguageUnknown(path="language")
        code = rules.company_code(self.code)
        name = text.clean(self.name, "name")
        founder = text.clean(self.founder, "founder")
        account = text.clean(self.account.strip(), "account", 64)
        password_rules.check(self.password, (account, founder, name, code))
        return replace(
            self,
            code=code,
            account=account,
            email=rules.email(self.email) if self.email else None,
            phone=rules.phone(self.phone) if self.phone else None,
            zone=_zone(self.zone),
            industry_code=rules.industry(self.industry_code),
            region_code=rules.region(self.region_code),
        )


@dataclass(frozen=True, slots=True)
class Founded:
    """A company that has signed up, and who did it."""

    company_id: UUID
    code: str
    founder_id: UUID


async def sign_up(
    sessions: Sessions, settings: Settings, asked: SignUp, source: Source | None = None, after: After = ()
) -> Founded:
    """Make a company with its first unit, the shipped roles, a founder who administers it, and a trial of every module.

    Of several that want one code exactly one gets it. The same request again gives the same answer; other content under the
    same id is a conflict.
    """
    asked = asked.checked()
    return await found(sessions, settings, asked, await passwords.hashed(asked.password), source, after)


async def found(
    sessions: Sessions,
    settings: Settings,
    asked: SignUp,
    password_hash: str,
    source: Source | None = None,
    after: After = (),
) -> Founded:
    """As `sign_up`, for content already checked and a password already hashed."""
    async with open_work(sessions, house(asked.id, source)) as work:
        # Whoever names an existing company's id meets that company's own request here and gets no further.
        if not await work.once("company.sign_up", asked.id, _content(settings.secrets, asked)):
            return await _founded(work)
        if not await directory.claim_code(work, settings.secrets, asked.code):
            raise CompanyCodeTaken(path="code", company_code=asked.code)
        founder = await _lay_down(work, asked)
        await credentials.give(work, [founder.id], password_hash)
        await directory.add(work, settings.secrets, founder.id, email=asked.email, phone=asked.phone)
        await subscriptions.start_trials(work)
        personal = {"email": asked.email, "phone": asked.phone}
        work.record(
            "company.signed_up",
            ("company", asked.id),
            unit_no=ROOT,
            personal={name: value for name, value in personal.items() if value},
            code=asked.code,
            name=asked.name,
            founder=founder.id,
        )
        for lay in after:
            await lay(work)
        return Founded(asked.id, asked.code, founder.id)


async def set_strictness(work: Work, wanted: Strictness) -> Strictness:
    """As `change_strictness`, for all of it."""
    return await change_strictness(work, asdict(wanted))


async def change_strictness(work: Work, changes: Mapping[str, int]) -> Strictness:
    """Change how strict the door is; within limits that keep 等保 level 2 reachable. Holds from the next request on, for sessions
    that are open too; what is not named stays."""
    work.allow(Act.POLICY_MANAGE, EVERYWHERE)
    company = await work.session.get_one(
        Company, work.tenant_id, with_for_update=True, populate_existing=True
    )
    before = Strictness.of(company.settings)
    wanted = replace(before, **changes).checked()
    if wanted != before:
        company.settings = {**company.settings, "strictness": asdict(wanted)}
        work.record(
            "company.strictness_changed",
            ("company", work.tenant_id),
            before=asdict(before),
            after=asdict(wanted),
        )
    return wanted


async def _lay_down(work: Work, asked: SignUp) -> Person:
    """The rows of a new company, with the founder as the actor from here on."""
    founder = Person(
        id=new_id(),
        account=asked.account,
        name=asked.founder,
        name_sort=text.sort_key(asked.founder),
        home_unit_no=ROOT,
        language=asked.language,
    )
    work.actor = replace(work.actor, person_id=founder.id, name=founder.name, language=asked.language)
    work.session.add_all(
        [
            Company(
                tenant_id=asked.id,
                code=asked.code,
                name=asked.name,
                industry_code=asked.industry_code,
                region_code=asked.region_code,
                zone=asked.zone,
                language=asked.language,
                next_unit_no=ROOT + 1,
                settings={"founder": str(founder.id)},
            ),
            Unit(
                no=ROOT,
                code="hq",
                name=asked.name,
                name_sort=text.sort_key(asked.name),
                kind=UnitKind.HQ,
                path=f"u{ROOT}",
            ),
            founder,
        ]
    )
    # Rows of different rooms are not ordered by their foreign keys; what is pointed at goes first.
    await work.session.flush()
    work.session.add(Contact(id=founder.id, unit_no=ROOT, phone=asked.phone, email=asked.email))
    for role in SHIPPED.values():
        work.session.add(
            access_models.Role(
                code=role.code,
                name_zh=role.zh,
                name_en=role.en,
                permissions=role.pairs(),
                is_shipped=True,
            )
        )
    for role_code in FOUNDER_ROLES:
        work.session.add(access_models.Grant(person_id=founder.id, role_code=role_code, unit_no=ROOT))
    await work.session.flush()
    return founder


async def _founded(work: Work) -> Founded:
    company = await work.session.get_one(Company, work.tenant_id)
    return Founded(company.tenant_id, company.code, UUID(company.settings["founder"]))


def _content(secrets: Secrets, asked: SignUp) -> dict[str, Any]:
    """What must be the same for a repeated request to be the same; of the password only a keyed hash is ever compared."""
    key = secrets.key("sign-up/1")
    mark = hmac.new(key, asked.id.bytes + asked.password.encode(), hashlib.sha256).hexdigest()
    return {**asdict(asked), "password": mark}


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name[:100]).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ZoneUnknown(path="zone") from error
