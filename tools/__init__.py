"""The toolchain: set-up, the pinned engine and the language host."""
