"""boto3 clients with short timeouts. boto3 is imported by the first call: it costs most of a cold start."""

from typing import Any

CONNECT_SECONDS = 1
READ_SECONDS = 1


def make(service: str, region: str, *, endpoint: str | None = None, attempts: int = 2) -> Any:
    """A client that gives up soon: a round has seconds, and the next one comes."""
    import boto3
    from botocore.config import Config

    config = Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"total_max_attempts": attempts, "mode": "standard"},
    )
    return boto3.client(service, region_name=region, endpoint_url=endpoint, config=config)


def error_name(error: BaseException) -> str:
    """An exception as a log line may hold it: its class, and AWS's code. Its text could hold anything."""
    response = getattr(error, "response", None)
    code = response.get("Error", {}).get("Code") if isinstance(response, dict) else None
    return f"{type(error).__name__}({code})" if code else type(error).__name__
