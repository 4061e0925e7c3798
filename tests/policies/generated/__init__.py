"""Good stacks in number: settings, the program's run on them, and cheap variations that stay good."""
