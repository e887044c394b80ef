"""One small reader class a format, chosen by what the file holds and never by what it is called."""
