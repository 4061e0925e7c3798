"""A pool with a password policy can be updated, again and again (pulumi-aws-native issue 1256)."""

import pytest

from tests.engine.project_copy import ProjectCopy

pytestmark = [pytest.mark.engine, pytest.mark.timeout(600)]

POLICY = "    selfSignUp: true\n    passwordPolicy: {{minimumLength: {length}, temporaryPasswordValidityDays: 5}}\n"


def test_three_successive_updates_of_a_pool_with_a_password_policy(project: ProjectCopy) -> None:
    project.replace("Pulumi.local.yaml", "    selfSignUp: true\n", POLICY.format(length=10))
    try:
        project.make("up", "PHASE=foundation")
        for length in (11, 12, 13):
            project.replace("Pulumi.local.yaml", f"minimumLength: {length - 1}", f"minimumLength: {length}")
            output = project.make("up", "PHASE=foundation")
            assert "1 updated" in output, output
    finally:
        project.make("down")
