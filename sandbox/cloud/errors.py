"""The cloud's own errors; each text is one line that says what was found, expected, and what to do."""


class CloudError(Exception):
    """The cloud cannot start, stop or be changed as asked."""
