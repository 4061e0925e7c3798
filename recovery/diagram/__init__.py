"""Two drawings of a stack from its manifest: who serves in normal operation, and after the primary has failed."""
