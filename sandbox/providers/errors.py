"""What a plugin tells the engine when it cannot do what was asked: one line, no traceback."""


class ProviderError(Exception):
    """The message is for people: what was found, what is allowed, how to mend."""


class NotFoundError(ProviderError):
    """The resource no longer exists in the cloud."""
