"""The failover table: the prober's verdict, and the override that a stack without routing controls obeys.

Its items and their writers are described with the prober. Times are epoch milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from manifest import TableFacts
from recovery import aws
from recovery.errors import RecoveryError, told

STALE_AFTER_SECONDS = 60
"""An older verdict says nothing about now."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the probers found. `verdict` is UP, DOWN or UNKNOWN; `word` is the last that was decided."""

    word: str
    verdict: str
    reason: str
    observed_at: int
    decided_at: int
    canary: str

    def age(self, now: float) -> float:
        """Seconds since the last round, for a `now` in epoch seconds."""
        return now - self.observed_at / 1000

    def fresh(self, now: float) -> bool:
        """Whether the item still speaks of now."""
        return self.age(now) <= STALE_AFTER_SECONDS


@dataclass(frozen=True, kw_only=True)
class Override:
    """What a human or the latch decided. `latched` when the prober set it."""

    force: bool
    pin: bool
    by: str
    reason: str

    @property
    def latched(self) -> bool:
        """The prober signs as `prober#<region>`."""
        return self.force and self.by.startswith("prober")


class Table:
    """The table in the secondary Region. All methods raise RecoveryError when it does not answer."""

    def __init__(self, facts: TableFacts, client: Any = None) -> None:
        self.facts = facts
        self._client = client or aws.client("dynamodb", facts.region)

    def verdict(self) -> Verdict | None:
        """The shared verdict; None before the first round."""
        item = self._item("serving")
        if item is None:
            return None
        return Verdict(
            word=_text(item, "word"),
            verdict=_text(item, "verdict"),
            reason=_text(item, "reason"),
            observed_at=_number(item, "observedAt"),
            decided_at=_number(item, "decidedAt"),
            canary=_text(item, "canary"),
        )

    def override(self) -> Override | None:
        """The override item; None where Pulumi made none."""
        item = self._item("override")
        if item is None:
            return None
        force, pin = (item.get(name, {}).get("BOOL") is True for name in ("force", "pin"))
        return Override(force=force, pin=pin, by=_text(item, "by"), reason=_text(item, "reason"))

    def set_override(self, *, force: bool, pin: bool, by: str, reason: str, at: float, guarded: bool) -> bool:
        """Write the override; False when `guarded` and the other switch is on, so that both never are.

        `at` is in epoch seconds.
        """
        words: dict[str, Any] = {
            ":force": {"BOOL": force},
            ":pin": {"BOOL": pin},
            ":by": {"S": by},
            ":reason": {"S": reason},
            ":at": {"N": str(int(at * 1000))},
        }
        names = {f"#{name}": name for name in ("force", "pin", "by", "reason", "at")}
        change: dict[str, Any] = {
            "TableName": self.facts.name,
            "Key": {"id": {"S": "override"}},
            "UpdateExpression": "SET "
            + ", ".join(f"#{name} = :{name}" for name in ("force", "pin", "by", "reason", "at")),
        }
        if guarded and (force or pin):
            other = "pin" if force else "force"
            change["ConditionExpression"] = f"attribute_not_exists(#{other}) OR #{other} = :off"
            words[":off"] = {"BOOL": False}
        try:
            self._client.update_item(ExpressionAttributeNames=names, ExpressionAttributeValues=words, **change)
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                return False
            raise self._trouble(error) from None
        except BotoCoreError as error:
            raise self._trouble(error) from None
        return True

    def _item(self, key: str) -> dict[str, Any] | None:
        try:
            answer = self._client.get_item(TableName=self.facts.name, Key={"id": {"S": key}}, ConsistentRead=True)
        except (ClientError, BotoCoreError) as error:
            raise self._trouble(error) from None
        return answer.get("Item")

    def _trouble(self, error: Exception) -> RecoveryError:
        return RecoveryError(
            f"table {self.facts.name} in {self.facts.region} does not answer: {told(error)}. "
            "Check the credentials and the Region; without the table the last decided word stays in force"
        )


def _text(item: dict[str, Any], name: str) -> str:
    return str(item.get(name, {}).get("S", ""))


def _number(item: dict[str, Any], name: str) -> int:
    return int(float(item.get(name, {}).get("N", 0)))
