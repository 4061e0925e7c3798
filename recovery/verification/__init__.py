"""What only a look from outside can tell about a stack, a check a line; each check belongs to a rollout phase."""
