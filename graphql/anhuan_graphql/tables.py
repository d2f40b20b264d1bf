"""Every table of the product in one import, for migrations and for the tests that compare the catalogue with the models."""

from anhuan_infra import requests
from anhuan_infra.db.base import Base
from anhuan_infra.outbox import models as outbox
from anhuan_infra.record import models as record
from anhuan_platform.boards import models as boards
from anhuan_platform.evidence import models as evidence
from anhuan_platform.hazards import models as hazards
from anhuan_platform.inspections import models as inspections
from anhuan_platform.loops import deadline_models as deadlines
from anhuan_platform.loops import models as loops
from anhuan_platform.notices import models as notices
from anhuan_platform.sites import models as sites
from anhuan_tenants.access import models as access
from anhuan_tenants.calendars import models as calendars
from anhuan_tenants.companies import models as companies
from anhuan_tenants.identity import models as identity
from anhuan_tenants.organisation import models as organisation
from anhuan_tenants.parties import models as parties
from anhuan_tenants.subscriptions import models as subscriptions

ROOMS = (
    requests, outbox, record, evidence, hazards, deadlines, loops, notices, sites, access, calendars, companies,
    identity, organisation, parties, subscriptions, boards, inspections,
)  # fmt: skip
metadata = Base.metadata
