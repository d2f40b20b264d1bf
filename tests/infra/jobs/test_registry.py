"""Names of jobs: one function each, spelt noun.verb."""

import pytest

from anhuan_infra.jobs import registry
from anhuan_infra.work import Work
from tests.support import effects


def test_a_registered_job_is_known_and_has_its_queue() -> None:
    assert "effects.call" in registry.known()
    assert registry.queue_of("effects.call") == "notices"
    assert "effects.call" in registry.on("notices")


def test_a_name_nobody_registered_goes_to_the_default_queue() -> None:
    assert registry.find("nobody.knows") is None
    assert registry.queue_of("nobody.knows") == "default"


def test_one_name_means_one_function() -> None:
    async def other(work: Work) -> None:
        work.tell("other")

    with pytest.raises(ValueError, match=r"two jobs are called effects\.add"):
        registry.job("effects.add")(other)
    assert registry.find("effects.add") == registry.Job("effects.add", "default", 8, False, effects.add)


@pytest.mark.parametrize("name", ["effects", "Effects.add", "effects.add.more", "effects.", "效果.加"])
def test_a_name_that_is_not_noun_verb_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"noun\.verb"):
        registry.job(name)


def test_a_queue_that_no_worker_listens_to_is_refused() -> None:
    with pytest.raises(ValueError, match="runs on one of"):
        registry.job("effects.add", queue="express")
