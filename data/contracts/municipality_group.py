"""The contract of the source's own groups."""

import pandera.pandas as pa

from data.contracts.patterns import GROUP_ID


class MunicipalityGroup(pa.DataFrameModel):
    """Kolada's groups: networks, SKR groups and “Liknande kommuner …”. Members are in `group_member`."""

    group_id: str = pa.Field(
        unique=True, str_matches=GROUP_ID, description="The group, as Kolada names it: G96274"
    )
    title: str = pa.Field(str_length={"min_value": 1}, description="Name")

    class Config:
        strict = True
        name = "municipality_group"
