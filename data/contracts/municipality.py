"""The contract of places as the source names them."""

import pandera.pandas as pa

from data.contracts.patterns import PLACE_CODE


class Municipality(pa.DataFrameModel):
    """Municipalities, regions and Riket as the source names them. County and SKR group are in the tracked reference."""

    id: str = pa.Field(unique=True, str_matches=PLACE_CODE, description="Four-digit code; 0000 is Riket")
    title: str = pa.Field(str_length={"min_value": 1}, description="Name")
    type: str = pa.Field(isin=["K", "L"], description="K municipality, L region or Riket")

    class Config:
        strict = True
        name = "municipality"
