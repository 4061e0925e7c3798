"""The policy pack: facts about a stack, rules over them, and the adapter to the engine."""
