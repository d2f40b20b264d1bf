"""What `dramatiq` runs in tests: a real worker that knows the jobs with countable effects."""

import dramatiq

from anhuan_infra.jobs import worker
from anhuan_infra.settings import Settings
from tests.support import effects

broker = worker.build(Settings.from_env())
dramatiq.set_broker(broker)
__all__ = ["broker", "effects"]
