"""What `dramatiq anhuan_graphql.worker` runs: the broker of this installation and every room's jobs.

Importing this module reads the environment; nothing but Dramatiq's command line should.
"""

import dramatiq

from anhuan_graphql import jobs
from anhuan_infra.jobs import worker
from anhuan_infra.settings import Settings

jobs.load()
broker = worker.build(Settings.from_env())
dramatiq.set_broker(broker)
