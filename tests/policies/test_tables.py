"""Tables that the rules go by, written down once more from AWS's documents.

Sources: docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html (defaults),
docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html (Type)
"""

from pack.facts import Context
from pack.functions import COMPARED
from pack.health_checks import REQUESTING, WITH_TEXT, is_serving

from tests.policies.good_stack import good_stack, with_props

PUBLISHED = [
    "runtime",
    "handler",
    "memory",
    "timeout",
    "architecture",
    "environment",
    "layers",
    "storage",
    "tracing",
    "vpc",
]


def test_what_two_functions_are_compared_by_has_awss_defaults() -> None:
    defaults = {path: default for path, _, default in COMPARED if default not in (None, {}, [])}
    assert defaults == {
        "memorySize": 128,
        "timeout": 3,
        "architectures": ["x86_64"],
        "ephemeralStorage.size": 512,
        "tracingConfig.mode": "PassThrough",
        "vpcConfig": False,
    }
    assert [published for _, published, _ in COMPARED] == PUBLISHED


def test_the_checks_that_ask_a_host_are_awss_types_that_do() -> None:
    assert set(REQUESTING) == {"HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP"}
    assert set(WITH_TEXT) == {"HTTP_STR_MATCH", "HTTPS_STR_MATCH"}


def test_a_foreign_id_serves_nothing_though_the_component_says_nothing() -> None:
    silent = with_props(good_stack(), "serving-check", servingCheckId=None)
    above = next(one for one in silent.resources if one.name == "serving-check")
    assert is_serving(silent, above, "id-of-somebody-else") is False


def test_before_the_engine_says_anything_a_guard_takes_the_run_for_an_update() -> None:
    assert not Context().dry_run
