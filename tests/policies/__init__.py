"""The policy pack: rules on plain data, mutations of a good stack, the adapter to the engine."""
