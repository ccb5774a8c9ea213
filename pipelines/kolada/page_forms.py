"""What an answer of the API looks like, read strictly: the envelope, its rows, and the three kinds of catalogue entry."""

from typing import Annotated, Literal

import msgspec


class Envelope(msgspec.Struct, gc=False, rename={"rows": "values"}):
    """One page; its rows stay unread here, since only their number matters for fetching."""

    rows: list[msgspec.Raw]
    count: int
    next_url: str | None = None


Year = Annotated[int, msgspec.Meta(ge=0, le=9999)]
Status = Literal["", "Missing", "Privacy", "Not applicable"]


class Cell(msgspec.Struct, gc=False):
    """One gender of a data record. Known words only: then decoding makes no new strings, and nothing is compared twice."""

    gender: Literal["T", "K", "M"]
    status: Status | None = None
    value: float | None = None
    isdeleted: bool = False


class DataRecord(msgspec.Struct, gc=False, rename={"year": "period", "cells": "values"}):
    """One KPI, place and year."""

    kpi: str
    year: Year
    municipality: str
    cells: list[Cell]


class DataPage(msgspec.Struct, gc=False, rename={"rows": "values"}):
    rows: list[DataRecord]


class CellOfAnyWord(msgspec.Struct, gc=False):
    """A cell as `Cell`, with whatever words the source uses: to name those that are not known."""

    gender: str
    status: str | None = None
    value: float | None = None
    isdeleted: bool = False


class RecordOfAnyWord(msgspec.Struct, gc=False, rename={"year": "period", "cells": "values"}):
    kpi: str
    year: Year
    municipality: str
    cells: list[CellOfAnyWord]


class PageOfAnyWord(msgspec.Struct, gc=False, rename={"rows": "values"}):
    rows: list[RecordOfAnyWord]


class KpiEntry(msgspec.Struct, gc=False):
    id: str
    title: str
    description: str | None = None
    is_divided_by_gender: bool | int | None = None
    municipality_type: str | None = None
    operating_area: str | None = None
    perspective: str | None = None
    publication_date: str | None = None
    prel_publication_date: str | None = None
    publ_period: str | int | None = None


class KpiPage(msgspec.Struct, gc=False, rename={"rows": "values"}):
    rows: list[KpiEntry]


class MunicipalityEntry(msgspec.Struct, gc=False):
    id: str
    title: str
    type: str


class MunicipalityPage(msgspec.Struct, gc=False, rename={"rows": "values"}):
    rows: list[MunicipalityEntry]


class MemberEntry(msgspec.Struct, gc=False):
    member_id: str
    member_title: str | None = None


class GroupEntry(msgspec.Struct, gc=False):
    id: str
    title: str
    members: list[MemberEntry]


class GroupPage(msgspec.Struct, gc=False, rename={"rows": "values"}):
    rows: list[GroupEntry]


class GarbledAnswerError(Exception):
    """An answer that is no page: no JSON, no envelope, or fewer rows than it says itself. RequestPlan for again."""


_envelope_decoder = msgspec.json.Decoder(Envelope)


def read_envelope(body: bytes) -> Envelope:
    """The envelope of a page. Raises `GarbledAnswerError`."""
    try:
        envelope = _envelope_decoder.decode(body)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise GarbledAnswerError(str(error)) from None
    if envelope.count != len(envelope.rows):
        raise GarbledAnswerError(f"count {envelope.count} ≠ {len(envelope.rows)}")
    return envelope
