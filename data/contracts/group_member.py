"""The contract of the members of the source's groups."""

import pandera.pandas as pa

from data.contracts.patterns import GROUP_ID, PLACE_CODE


class GroupMember(pa.DataFrameModel):
    """One member of one of Kolada's groups. “Liknande kommuner …” does not include the municipality itself."""

    group_id: str = pa.Field(str_matches=GROUP_ID, description="The group, as Kolada names it: G96274")
    municipality_id: str = pa.Field(str_matches=PLACE_CODE, description="Four-digit code of the member")
    position: int = pa.Field(ge=0, description="Place in the source's own order, from 0")

    class Config:
        strict = True
        unique = ["group_id", "municipality_id"]  # noqa: RUF012 - pandera reads a plain list
        name = "group_member"
