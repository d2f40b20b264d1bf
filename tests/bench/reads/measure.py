"""One measurement after the other: first that both answer the same, then warm, then in turn, then the floor."""

import asyncio
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from anhuan_infra.db.lane import Lane
from anhuan_infra.settings import Settings
from tests.bench.reads import contenders, floor, load, report, rounds
from tests.bench.reads.contenders import Contender
from tests.bench.reads.people import Asker
from tests.bench.reads.place import Place
from tests.bench.reads.questions import Question
from tests.bench.reads.rounds import Figures
from tests.support.wire import open_wire

CONNECTIONS = 16
CHECKED = 12
"""Askers whose answers are compared before anything is measured."""
WARM = 3_000
"""Answers of each before the first round: theirs compiles while it works."""
TOKENS_LAST = 300.0
PER_ROUND = 6_000
"""Reports made ready for one round; more than anybody manages."""


@dataclass
class Bench:
    """Both contenders over one place, and the cases that each asker may look at."""

    place: Place
    askers: Sequence[Asker]
    ours: Contender
    theirs: Contender
    count: int
    seconds: float
    cases: Mapping[UUID, Sequence[UUID]] = field(default_factory=dict[UUID, Sequence[UUID]])
    _signed: float = field(default_factory=time.monotonic)

    def look_around(self, question: Question) -> None:
        """Ask everybody's list once: what it shows is what they are asked about later."""
        found: dict[UUID, list[UUID]] = {}
        for asker in self.askers:
            data = self.ours.ask(asker, *question.said(self.ours, asker, None))
            (rows,) = data.values()
            found[asker.person_id] = [UUID(edge["node"]["id"]) for edge in rows["edges"]]
        self.cases = found

    def measure(self, question: Question) -> report.Line:
        """Everything about one question, printed as it comes."""
        if question.is_read:
            self._check(question)
        self._warm(question)
        figures = rounds.alternate(
            [self.ours, self.theirs],
            lambda contender, number: self._requests(question, contender, number),
            self.place.postmaster,
            rounds=self.count,
            seconds=self.seconds,
            connections=CONNECTIONS,
        )
        ground = self._floor(question) if question.is_read else None
        return report.line(question.name, figures[self.ours.name], figures[self.theirs.name], ground)

    def alone(self, question: Question, tenant_id: UUID) -> Figures:
        """Our own figures for the people of one company."""
        of_it = [one for one in self.askers if one.tenant_id == tenant_id and one.level == "headquarters"]
        asked = [question.request(self.ours, one, None) for one in of_it]
        load.run(load.Order(self.ours.port, asked, 4, 2.0))
        found = rounds.alternate(
            [self.ours],
            lambda _, __: asked,
            self.place.postmaster,
            rounds=self.count,
            seconds=self.seconds,
            connections=4,
        )
        return found[self.ours.name]

    def _check(self, question: Question) -> None:
        for asker in self.askers[:CHECKED]:
            case = next(iter(self.cases[asker.person_id]), None)
            if question.of_a_case and case is None:
                continue
            ours, theirs = (
                question.same(contender.ask(asker, *question.said(contender, asker, case)))
                for contender in (self.ours, self.theirs)
            )
            assert ours == theirs, f"{question.name} of {asker.level}:\n{ours}\n{theirs}"

    def _warm(self, question: Question) -> None:
        for contender in (self.ours, self.theirs):
            asked = self._requests(question, contender, -1)
            heard = load.run(load.Order(contender.port, asked, CONNECTIONS, 15.0, most=WARM))
            assert not heard.failed, f"{question.name} of {contender.name}: {heard.first_failure}"

    def _requests(self, question: Question, contender: Contender, number: int) -> list[bytes]:
        self._sign_in_again()
        chance = random.Random(number)
        if not question.is_read:
            many = chance.choices(self.askers, k=PER_ROUND)
            return [question.request(contender, asker, None) for asker in many]
        asked: list[bytes] = []
        for asker in self.askers:
            seen = self.cases[asker.person_id]
            if question.of_a_case:
                some = chance.sample(list(seen), min(3, len(seen)))
                asked += [question.request(contender, asker, case) for case in some]
            else:
                asked.append(question.request(contender, asker, None))
        chance.shuffle(asked)
        return asked

    def _sign_in_again(self) -> None:
        """Access tokens end; new ones are heard once before anything is counted."""
        if time.monotonic() - self._signed < TOKENS_LAST:
            return
        self._signed = time.monotonic()
        self.ours.keys = contenders.signed_in(self.place.settings.secrets, self.askers)
        asked = [self.ours.request(asker, "{ me { person { id } } }", {}) for asker in self.askers]
        load.run(load.Order(self.ours.port, asked, CONNECTIONS, 15.0, most=len(asked)))

    def _floor(self, question: Question) -> float | None:
        """PostgreSQL's time for the statements alone; None where the question is not answered by one."""
        reads = asyncio.run(self._heard(question))
        if not reads:
            return None
        settings = self.place.settings
        options = asyncio.run(_options(settings))
        spent = [
            floor.microseconds(settings.app_database_url, options, reads, self.seconds) for _ in range(3)
        ]
        return sorted(spent)[1]

    async def _heard(self, question: Question) -> list[floor.Sent]:
        found: list[floor.Sent] = []
        async with open_wire(self.place.settings) as wire:
            for place, asker in enumerate(self.askers):
                case = next(iter(self.cases[asker.person_id]), None)
                if question.of_a_case and case is None:
                    continue
                document, variables = question.said(self.ours, asker, case)
                token = self.ours.keys[asker.person_id]
                for _ in range(3 if place == 0 else 1):
                    await wire.ask(document, token, **variables)
                with floor.listening() as ear:
                    await wire.ask(document, token, **variables)
                found += ear.heard
        return found


async def _options(settings: Settings) -> str:
    """With what our lanes connect."""
    lane = await Lane.open(settings.app_database_url, "bench", lambda *_: None, lambda *_: None)
    options: str = lane.connection.info.get_parameters()["options"]
    lane.close()
    return options
