"""A notice as it goes out: in the reader's language, with the page where they can act, under a key that stays the same."""

import hashlib

from anhuan_infra.notify.message import Message, Urgency
from anhuan_platform.notices import phrases, tools
from anhuan_platform.notices.models import Notice
from anhuan_tenants.companies.models import Company
from anhuan_tenants.organisation.models import Person


def to_person(notice: Notice, person: Person, company: Company) -> Message:
    """For one reader; the key is the notice's."""
    return _message(notice, person.language, company.zone, f"n-{notice.id.hex}")


def to_group(notice: Notice, company: Company, channel: str) -> Message:
    """For a group or a system, once for everybody who is told the same; in the company's language."""
    event = f"{notice.tenant_id}:{channel}:{notice.key}".encode()
    return _message(notice, company.language, company.zone, f"e-{hashlib.sha256(event).hexdigest()[:40]}")


def url(notice: Notice) -> str:
    """The page of the case in the app, or that of notices."""
    home = tools.get().public_url
    return f"{home}/c/{notice.case_id}" if notice.case_id else f"{home}/app/notices"


def _message(notice: Notice, language: str, zone: str, key: str) -> Message:
    text = phrases.render(notice.kind, notice.facts, language, zone)
    urgency = Urgency.URGENT if notice.is_urgent else Urgency.ORDINARY
    return Message(text.title, text.body, url(notice), key, urgency)
