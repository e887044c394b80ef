"""Untrusted books opened, decoded and looked at in a child process with bounds on memory and time."""
