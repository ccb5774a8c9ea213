"""Where a member is with a measure that a reporting period asks for."""

from enum import StrEnum


class DeliveryState(StrEnum):
    """Where one member is with one measure. What is published goes before what is on its way."""

    PUBLISHED = "published"
    REASON = "reason"  # published, with the reason why there is no number
    AWAITING_SIGN_OFF = "awaiting_sign_off"
    AWAITING_DATE = "awaiting_date"
    DRAFT = "draft"
    NOT_DELIVERED = "not_delivered"
