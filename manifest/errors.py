"""What reading a manifest can raise."""


class ManifestError(ValueError):
    """What is given is no manifest of this version; the message says what was found where."""
