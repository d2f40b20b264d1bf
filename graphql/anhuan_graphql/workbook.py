"""Bringing in a whole organisation by one workbook (组织与人员导入表)."""

import base64
import binascii

import strawberry

from anhuan_graphql.context import Context
from anhuan_graphql.fields import wide_act
from anhuan_infra.errors import BadInput
from anhuan_tenants.organisation import row_errors
from anhuan_tenants.organisation.importing import outcome
from anhuan_tenants.organisation.service import workbook
from anhuan_tenants.subscriptions.catalogue import CORE


@strawberry.type
class ImportCounts:
    """How many of one kind were made, changed, and found as they are."""

    created: int
    updated: int
    unchanged: int

    @classmethod
    def of(cls, found: outcome.Counts) -> "ImportCounts":
        """As counted."""
        return cls(created=found.created, updated=found.updated, unchanged=found.unchanged)


@strawberry.type
class RowProblem:
    """What is wrong with one cell, or worth a look."""

    sheet: str
    row: int
    column: str
    code: str
    message: str

    @classmethod
    def of(cls, found: row_errors.RowError, language: str) -> "RowProblem":
        """In the reader's language."""
        return cls(
            sheet=found.sheet,
            row=found.row,
            column=found.column,
            code=found.code,
            message=found.zh if language == "zh" else found.en,
        )


@strawberry.type
class ImportActivation:
    """The code with which a new person activates the account; shown this once."""

    account: str
    name: str
    code: str


@strawberry.type
class ImportResult:
    """What came of a workbook: sound rows are in, refused ones are named; a dry run wrote nothing."""

    dry_run: bool
    units: ImportCounts
    people: ImportCounts
    posts: ImportCounts
    parties: ImportCounts
    ended: int
    errors: list[RowProblem]
    notes: list[RowProblem]
    activations: list[ImportActivation]

    @classmethod
    def of(cls, found: outcome.ImportOutcome, language: str) -> "ImportResult":
        """As the import ended."""
        return cls(
            dry_run=found.dry_run,
            units=ImportCounts.of(found.units),
            people=ImportCounts.of(found.people),
            posts=ImportCounts.of(found.posts),
            parties=ImportCounts.of(found.parties),
            ended=found.ended,
            errors=[RowProblem.of(one, language) for one in found.errors],
            notes=[RowProblem.of(one, language) for one in found.notes],
            activations=[
                ImportActivation(account=one.account, name=one.name, code=one.code)
                for one in found.activations
            ],
        )


@strawberry.input
class ImportOrganisationInput:
    """The workbook as base64; with `dryRun` nothing is written, without `invite` newcomers get no code."""

    file: str
    dry_run: bool = False
    invite: bool = True


@wide_act(CORE)
async def import_organisation(context: Context, input: ImportOrganisationInput) -> ImportResult:
    """Bring the company to what the workbook says; the same workbook again changes nothing."""
    await context.actor()
    try:
        content = base64.b64decode(input.file, validate=True)
    except (binascii.Error, ValueError):
        raise BadInput(path="file", reason="base64") from None
    # Opened before the transaction: a hostile file may take a while to refuse.
    sheets = await workbook.opened(content)
    async with context.acting() as work:
        found = await workbook.import_workbook(
            work, context.house.settings, sheets, dry_run=input.dry_run, invite=input.invite
        )
    return ImportResult.of(found, context.language)


MUTATIONS = [import_organisation]
