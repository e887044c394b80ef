"""The text reader's networks: ONNX files inside rapidocr's wheel (Apache-2.0), run by onnxruntime."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import onnxruntime

from warehouse.errors import ModelError


def load_session(name: str, threads: int, *, keeps_memory: bool = False) -> onnxruntime.InferenceSession:
    """Load one of the wheel's models; may be run from several threads at once.

    threads: to compute each call with.  keeps_memory: from call to call, which is faster where pictures are
    large and of few sizes, and only costs where they are of many.
    Raises ModelError where the file is missing.
    """
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = keeps_memory
    return onnxruntime.InferenceSession(
        str(_existing(name)), sess_options=options, providers=["CPUExecutionProvider"]
    )


def _existing(name: str) -> Path:
    package = find_spec("rapidocr")
    for folder in (package.submodule_search_locations or ()) if package else ():
        path = Path(folder) / "models" / name
        if path.is_file():
            return path
    raise ModelError(f"the text reader's model {name} is missing", remedy="reinstall rapidocr")
