"""What workers say: a line for each stage of each book, for people or as JSON for machines."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

from celery.signals import setup_logging

FIELDS = ("book", "stage", "state", "seconds", "attempt", "error_code")
"""What a record of a stage carries besides its message."""

QUIET = ("celery", "kombu", "amqp", "billiard", "redis", "PIL", "urllib3")


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """time, level, logger, process, message; of a stage also book, stage, state, seconds, attempt."""
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
        }
        said.update({name: value for name in FIELDS if (value := getattr(record, name, None)) is not None})
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def log_as(level: str, format_: str) -> None:
    """Log to stderr from now on, in Celery's processes too.  format_: 'text' | 'json'."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonFormatter()
        if format_ == "json"
        else logging.Formatter("%(asctime)s %(levelname)s %(process)d %(message)s")
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.getLevelName(level.upper()), logging.WARNING))

    def keep(**_: Any) -> None:
        """Celery would set up its own."""

    setup_logging.connect(keep, weak=False)
