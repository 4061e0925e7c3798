"""Settings that every test shares: reproducible property-based tests."""

import os

from hypothesis import HealthCheck, settings

# CI judges the same examples on every run; `make nightly` looks for new ones.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("nightly", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
