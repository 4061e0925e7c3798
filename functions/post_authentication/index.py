"""Writes one JSON line for the security event log for every sign-in (Cognito post authentication).

The subject is hashed together with the pool ID, so that the log links the sign-ins of one user without naming the
user. The trigger answers every event, whatever happens: a log line is never worth a failed login.
Source: docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-authentication.html
"""

import datetime
import hashlib
import json


def subject_hash(pool_id: object, subject: object) -> str | None:
    """SHA-256 over `<pool id>:<sub>` as hexadecimal digits; None when the event names no subject."""
    if not isinstance(pool_id, str) or not isinstance(subject, str):
        return None
    return hashlib.sha256(f"{pool_id}:{subject}".encode()).hexdigest()


def member(value: object, key: str) -> object:
    """`value[key]`, or None where the event does not have the documented shape."""
    return value.get(key) if isinstance(value, dict) else None


def record(event: object, now: datetime.datetime) -> dict:
    """The log line's content: what the event does not tell is null."""
    pool_id = member(event, "userPoolId")
    return {
        "time": now.isoformat(timespec="milliseconds"),
        "event": "authenticated",
        "region": member(event, "region"),
        "pool": pool_id,
        "client": member(member(event, "callerContext"), "clientId"),
        "subject": subject_hash(pool_id, member(member(member(event, "request"), "userAttributes"), "sub")),
    }


def handler(event: object, context: object) -> object:
    """Write the line and give the event back unchanged, as Cognito expects."""
    try:
        line = record(event, datetime.datetime.now(datetime.UTC))
        print(json.dumps(line, sort_keys=True, default=str), flush=True)  # noqa: T201 stdout is Lambda's log
    except Exception:  # noqa: S110 an error here would refuse the login
        pass
    return event
