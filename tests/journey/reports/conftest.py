from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """Store certificates in a temporary folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
