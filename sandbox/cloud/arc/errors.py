"""What ARC refuses, by the names of its API (botocore's models of both services)."""


class ArcError(Exception):
    """A refusal; the class name with "Exception" for "Error" is the API's error code."""

    status = 400

    def __init__(self, message: str, **details: str) -> None:
        super().__init__(message)
        self.message = message
        self.details = details
        """Further members of the error's shape, e.g. resourceId."""

    @property
    def code(self) -> str:
        """The error code that boto3 shows."""
        return f"{type(self).__name__.removesuffix('Error')}Exception"


class ValidationError(ArcError):
    """A parameter that is missing, malformed or out of range."""


class ResourceNotFoundError(ArcError):
    """No such cluster, control panel, routing control or safety rule."""

    status = 404


class ConflictError(ArcError):
    """A safety rule, a wait period or something still in use forbids it."""

    status = 409


class ServiceQuotaExceededError(ArcError):
    """More resources than the account's quota."""

    status = 402


class ServiceLimitExceededError(ArcError):
    """More routing controls in one update than allowed."""


class EndpointTemporarilyUnavailableError(ArcError):
    """This endpoint is dead, or fewer than a majority of the five is alive: try another one."""

    status = 503
