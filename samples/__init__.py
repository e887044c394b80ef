"""The project's own sample library of comics, and the code that draws it."""
