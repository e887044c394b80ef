"""The one room that writes rows.  Each function writes in the caller's transaction."""
