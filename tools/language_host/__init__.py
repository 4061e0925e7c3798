"""A Pulumi language host for Python, used where no official install brings one."""
