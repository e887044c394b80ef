"""A model that is loaded when first asked for, by whichever thread asks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Loaded = TypeVar("Loaded")


class Lazily(Generic[Loaded]):
    """What `load` returns, called once: other threads wait for it."""

    def __init__(self, load: Callable[[], Loaded]):
        self._load = load
        self._lock = threading.Lock()
        self._loaded: list[Loaded] = []

    def __call__(self) -> Loaded:
        with self._lock:
            if not self._loaded:
                self._loaded.append(self._load())
        return self._loaded[0]
