"""The demo group is what it is said to be: 650 people, 28 machines, 8 high-risk areas, everyone the loops ask for."""

from collections import Counter
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from anhuan_graphql.demo import outside, pictures, places, stories, structure
from anhuan_graphql.demo.group import SIGN_INS, group
from anhuan_platform.hazards import suggest
from anhuan_platform.hazards.types import BY_CODE
from anhuan_tenants.organisation import sheet, template
from anhuan_tenants.organisation.models import Duty, UnitKind


def test_the_group_has_650_people_of_its_own_in_hq_two_branches_workshops_and_teams() -> None:
    kinds = Counter(unit.kind for unit in group().units)

    assert len(group().own) == 650
    assert kinds[UnitKind.HQ] == 1
    assert kinds[UnitKind.BRANCH] == 2
    assert kinds[UnitKind.WORKSHOP] == 8
    assert kinds[UnitKind.TEAM] == 40 + 4
    assert kinds[UnitKind.DEPARTMENT] == 7 + 2 * 3


def test_every_workshop_team_has_eight_to_fourteen_people_and_one_leader() -> None:
    sizes = Counter(person.unit for person in group().own)

    for branch in structure.BRANCHES:
        for workshop in branch.workshops:
            assert len(group().holders(workshop.code, Duty.WORKSHOP_HEAD)) == 1
            assert len(group().holders(workshop.code, Duty.SAFETY_OFFICER)) == 1
            assert len(group().holders(workshop.code, Duty.SUPERVISOR)) == 1
            for code, _, _ in workshop.teams:
                assert 8 <= sizes[code] <= 14
                assert len(group().holders(code, Duty.TEAM_LEADER)) == 1


def test_every_duty_is_held_by_somebody() -> None:
    held = {post.duty for person in group().people for post in person.posts}

    assert held == set(Duty)


def test_no_two_people_share_an_account_or_a_name() -> None:
    accounts = [person.account.casefold() for person in group().people]

    assert len(set(accounts)) == len(accounts) == 650 + 11
    assert len({person.name for person in group().people}) == len(accounts)


def test_nobody_has_a_phone_number_that_could_be_a_strangers() -> None:
    assert {person.phone for person in group().people} == {None}
    assert all((person.email or "").endswith(".example") for person in group().people)


def test_the_workbook_reads_back_as_the_group_without_a_single_mistake() -> None:
    read = sheet.parse(template.write(group().units, group().people))

    assert (read.errors, read.notes) == ((), ())
    assert [(unit.code, unit.name, unit.parent, unit.head) for unit in read.units] == [
        (unit.code, unit.name, unit.parent, unit.head) for unit in group().units
    ]
    assert [(p.account, p.name, p.unit, p.party, p.posts) for p in read.people] == [
        (p.account, p.name, p.unit, p.party, p.posts) for p in group().people
    ]


def test_the_sign_ins_are_people_of_the_group_one_for_each_part() -> None:
    people = {person.account: person for person in group().people}

    assert [one.name for one in SIGN_INS] == [people[one.account].name for one in SIGN_INS]
    assert people["ma"].party == outside.MAINTENANCE.name
    assert len(SIGN_INS) == 15


def test_there_are_28_machines_and_8_high_risk_areas_at_units_that_exist() -> None:
    units = {unit.code for unit in group().units}
    areas = {area.code: area for area in places.AREAS}

    assert len(places.MACHINES) == len({machine.code for machine in places.MACHINES}) == 28
    assert len(areas) == 8
    assert {area.risk for area in places.AREAS} == {"major", "larger"}
    assert {place.unit for place in (*places.AREAS, *places.MACHINES)} <= units
    assert {machine.area for machine in places.MACHINES} - {""} <= set(areas)


def test_the_history_is_told_in_order_and_names_places_of_the_group() -> None:
    known = {place.code for place in (*places.AREAS, *places.MACHINES)} | {u.code for u in group().units}
    hours = [story.hours_ago for story in stories.STORIES]

    assert len(stories.STORIES) == 40
    assert hours == sorted(hours, reverse=True)
    assert {story.place for story in stories.STORIES} <= known
    steps = {"grade", "assign", "control", "authorise", "rectify", "accept", "verify"}
    assert {story.until for story in stories.STORIES} == steps | {stories.CLOSED, stories.CALLED_OFF}


def test_the_kind_of_most_reports_can_be_guessed_from_their_words() -> None:
    guessed = [suggest.suggest(story.text) for story in stories.STORIES]

    assert sum(bool(one) for one in guessed) >= 36
    assert {one[0].type_code for one in guessed if one} <= set(BY_CODE)


@pytest.mark.parametrize("place", [None, (31.48120, 120.41230)])
def test_a_drawn_photo_is_a_photo_that_says_when_it_was_taken(place: tuple[float, float] | None) -> None:
    taken = datetime(2026, 3, 4, 8, 9, 10, tzinfo=UTC)

    content = pictures.photo("press", taken, place)

    with Image.open(BytesIO(content)) as picture:
        exif = picture.getexif()
        assert (picture.format, picture.size) == ("JPEG", (800, 600))
        assert exif.get_ifd(0x8769)[0x9003] == "2026:03:04 08:09:10"
        assert bool(exif.get_ifd(0x8825)) is (place is not None)
    assert content != pictures.photo("another press", taken, place)
