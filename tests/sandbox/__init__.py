"""The embedded AWS: cloud and provider plugins."""

import pytest

pytest.register_assert_rewrite("tests.sandbox.plugin")  # here: conftest.py itself imports it
