"""The scripts: one module an issue."""
