"""Every name that is put off anywhere has a function in some room, or it would wait for ever."""

import re

from anhuan_graphql import jobs
from anhuan_infra.deadlines import scan
from anhuan_infra.jobs import registry
from tests.support.database import ROOT

WINGS = ("infra", "tenants", "platform", "portal", "graphql")
_PUT_OFF = re.compile(r"put_off\(\s*\"([^\"]+)\"")


def test_every_job_that_is_put_off_exists() -> None:
    jobs.load()
    named = {scan.JOB: "the scanner"}
    for wing in WINGS:
        for file in (ROOT / wing).rglob("*.py"):
            named |= dict.fromkeys(_PUT_OFF.findall(file.read_text()), str(file))

    assert {name: where for name, where in named.items() if name not in registry.known()} == {}
    assert len(named) > 1


def test_loading_the_jobs_twice_changes_nothing() -> None:
    jobs.load()
    once = registry.known()

    jobs.load()

    assert registry.known() == once
