"""The six stages.  Each reads what the earlier ones stored and returns rows; none of them writes."""
