"""The formats of codes and years, for every contract."""

from typing import Final

KPI_ID: Final = r"^[A-Z]\d{5}$"
PLACE_CODE: Final = r"^\d{4}$"
GROUP_ID: Final = r"^G\d+$"
ISO_DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
MEASURE_ID: Final = r"^(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*$"
MEASURE_OR_KPI_ID: Final = r"^([A-Z]\d{5}|[a-z0-9]+(-[a-z0-9]+)*)?$"
PERIOD: Final = r"^\d{4}(-(VT|HT|Q[1-4]|0[1-9]|1[0-2]))?$"
DAY_OR_LONGER: Final = r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"
FIRST_YEAR: Final = 1970  # the oldest series that Kolada publishes begin in the 1970s
LAST_YEAR: Final = 2100  # forecasts reach some decades ahead
