"""Key policies judged by meaning, and an evaluator of requests that judges the judge."""
