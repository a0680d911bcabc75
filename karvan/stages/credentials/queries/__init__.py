"""Named reads of what people earned and what they hold."""

from .awards import Award, award_of, awards_of
from .registers import (
    achievement_design,
    activities_with_credentials,
    credential_by_number,
    credentials_of,
    document_by_id,
    held_by,
    published_keys,
    revoked_in,
    standing_in,
    status_list_by_number,
    withheld_in,
)

__all__ = [
    "Award",
    "achievement_design",
    "activities_with_credentials",
    "award_of",
    "awards_of",
    "credential_by_number",
    "credentials_of",
    "document_by_id",
    "held_by",
    "published_keys",
    "revoked_in",
    "standing_in",
    "status_list_by_number",
    "withheld_in",
]
