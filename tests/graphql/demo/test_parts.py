"""The parts of the demo that need no installation: the drill's clocks, passwords, ids, photos, and what is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from anhuan_graphql.demo import drill, drive, load, setting_up
from anhuan_graphql.demo.api import Unexpected
from anhuan_graphql.demo.day import Album
from anhuan_graphql.demo.group import SIGN_INS, group
from anhuan_graphql.demo.stage import named
from anhuan_graphql.demo.structure import CODE, NAME
from anhuan_infra.settings import Secrets, Settings
from anhuan_infra.stack.progress import Progress
from anhuan_platform.loops import clocks, definition
from anhuan_platform.loops.library.hazard import HAZARD
from anhuan_tenants.calendars.rules import Calendar
from anhuan_tenants.identity import password_rules

NOON = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)


def test_the_drill_changes_the_clocks_of_the_work_and_nothing_else() -> None:
    usual = definition.write(HAZARD)

    short = definition.read(drill.shortened(usual))

    changed = {step.code for step, before in zip(short.steps, HAZARD.steps, strict=True) if step != before}
    assert changed == {"rectify"}
    assert {clock.minutes for clock in short.step("rectify").clocks} == {1}
    assert [clock.rule for clock in short.step("rectify").clocks] == [
        clock.rule for clock in HAZARD.step("rectify").clocks
    ]
    assert {name for name in short.ladders if short.ladders[name] != HAZARD.ladders[name]} == {"rectifying"}
    assert definition.write(HAZARD) == usual


def test_every_rung_of_the_drill_falls_within_a_minute_and_a_half_and_the_last_stops_the_work() -> None:
    short = definition.read(drill.shortened(definition.write(HAZARD)))
    facts = {"grade": "C", "tier": "branch", "graded_at": NOON.isoformat(), "assigned_at": NOON.isoformat()}
    won = clocks.limit(short.step("rectify"), NOON, facts, Calendar.standard)
    assert won is not None

    moments = [(at - NOON, rung.effect) for _, at, rung in clocks.rungs(short.ladders["rectifying"], won)]

    seconds = [30, 60, 66, 72, 78]
    assert [at for at, _ in moments] == [timedelta(seconds=one) for one in seconds]
    assert [effect for _, effect in moments] == ["tell", "tell", "tell", "tell", "stop_work"]
    assert [rung.tell for rung in short.ladders["rectifying"]] == [
        rung.tell for rung in HAZARD.ladders["rectifying"]
    ]


def test_the_demo_password_is_good_enough_for_everyone_in_every_installation(settings: Settings) -> None:
    others = [replace(settings, secrets=Secrets(bytes([number]) * 32)) for number in range(9)]

    passwords = [setting_up.password(one) for one in (settings, *others)]

    for person in group().people:
        for password in passwords:
            password_rules.check(password, (person.account, person.name, NAME, CODE))
    assert len(set(passwords)) == 10
    assert passwords[0] == setting_up.password(settings)
    assert {one.account for one in SIGN_INS} <= {person.account for person in group().people}


async def test_nothing_is_loaded_where_real_people_work(settings: Settings) -> None:
    with pytest.raises(load.NotInProduction):
        await load.load(replace(settings, mode="production"), Progress())


def test_names_lead_to_the_same_ids_at_every_load(settings: Settings) -> None:
    first = named(settings, "hazard/1", NOON)

    assert first == named(settings, "hazard/1", NOON)
    assert first != named(settings, "hazard/2", NOON)
    assert (first.version, first.variant) == (7, "specified in RFC 4122")
    assert first.int >> 80 == int(NOON.timestamp() * 1000)


def test_the_day_cannot_begin_where_nothing_was_loaded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = drive.main(["--home", str(tmp_path)])

    said = capsys.readouterr().err
    assert code == 1
    assert said.strip().count("\n") == 0
    assert "demo.json" in said


def test_given_photos_come_first_and_drawn_ones_after_them(tmp_path: Path) -> None:
    (tmp_path / "b.jpg").write_bytes(b"second")
    (tmp_path / "a.HEIC").write_bytes(b"first")
    (tmp_path / "notes.txt").write_bytes(b"no photo")

    album = Album(tmp_path)
    photos = [album.next() for _ in range(4)]

    assert [photo.name for photo in photos] == ["a.HEIC", "b.jpg", "现场1.jpg", "现场2.jpg"]
    assert [photo.media_type for photo in photos[:2]] == ["image/heic", "image/jpeg"]
    assert photos[2].content[:2] == b"\xff\xd8"
    assert photos[2].content != photos[3].content


def test_a_folder_without_photos_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unexpected, match="no photos"):
        Album(tmp_path)
