"""The contract of the catalogue of KPIs."""

import pandera.pandas as pa

from data.contracts.patterns import ISO_DAY, KPI_ID


class Kpi(pa.DataFrameModel):
    """The catalogue: what each KPI is called, measured in and when it is next published.

    The source gives neither unit nor direction. The unit is read from the end of its title; the direction is
    curated in the tracked reference, not here.
    """

    id: str = pa.Field(unique=True, str_matches=KPI_ID, description="KPI, as Kolada names it: N15428")
    title: str = pa.Field(
        str_length={"min_value": 1}, description="The publisher's title, spaces made single"
    )
    unit: str = pa.Field(description="The unit as Swedes write it: %, kr/inv; empty if the title tells none")
    description: str = pa.Field(description="The publisher's definition and source")
    is_divided_by_gender: bool = pa.Field(description="True if values come for women and men too")
    municipality_type: str = pa.Field(isin=["K", "L", "A"], description="K municipalities, L regions, A both")
    operating_area: str = pa.Field(description="The publisher's area, comma between several")
    perspective: str = pa.Field(description="The publisher's perspective: Resurser, Volymer, Kvalitet …")
    publication_date: str = pa.Field(
        nullable=True, str_matches=ISO_DAY, description="Day of the next publication"
    )
    prel_publication_date: str = pa.Field(
        nullable=True, str_matches=ISO_DAY, description="Day of the next preliminary publication"
    )
    publication_period: str = pa.Field(nullable=True, description="The period that is then published: 2025")

    class Config:
        strict = True
        coerce = False
        name = "kpi"
