"""What `dramatiq anhuan_graphql.worker` runs: the broker of this installation and every room's jobs.

Importing this module reads the environment; nothing but Dramatiq's command line should.
"""

import dramatiq

from anhuan_graphql import jobs, logs
from anhuan_infra.evidence.address import Address
from anhuan_infra.evidence.inspector import Inspector
from anhuan_infra.evidence.store import Store
from anhuan_infra.jobs import worker
from anhuan_infra.settings import Settings
from anhuan_platform.evidence import tools as evidence
from anhuan_platform.notices import tools as notices

logs.configure()
jobs.load()
settings = Settings.from_env()
inspector = Inspector()
evidence.equip(Store(Address.parse(settings.s3_url), settings.s3_public_url), inspector)
wire = notices.equip(settings)
broker = worker.build(settings, inspector.close, wire.close)
dramatiq.set_broker(broker)
