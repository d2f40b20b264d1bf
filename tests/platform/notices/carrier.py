"""What `dramatiq` runs in tests: a real worker that carries notices, to inner networks too as the operator allows."""

import dramatiq

from anhuan_graphql import jobs
from anhuan_infra.jobs import worker
from anhuan_infra.settings import Settings
from anhuan_platform.notices import tools

jobs.load()
settings = Settings.from_env()
wire = tools.equip(settings)
broker = worker.build(settings, wire.close)
dramatiq.set_broker(broker)
