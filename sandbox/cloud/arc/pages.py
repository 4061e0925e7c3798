"""Pages of a list, as ARC's operations cut them: MaxResults and NextToken."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sandbox.cloud.arc.errors import ValidationError

Row = TypeVar("Row")


def page(rows: Sequence[Row], data: Mapping[str, Any], default: int) -> tuple[list[Row], dict[str, str]]:
    """The page that *data* asks for, and {"NextToken": …} when more follow."""
    try:
        start, size = int(data.get("NextToken") or 0), int(data.get("MaxResults") or default)
    except ValueError:
        raise ValidationError("NextToken or MaxResults is not one of ours") from None
    if size < 1 or start < 0:
        raise ValidationError(f"MaxResults {size} must be at least 1")
    more = {"NextToken": str(start + size)} if start + size < len(rows) else {}
    return list(rows[start : start + size]), more
