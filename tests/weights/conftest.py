from __future__ import annotations

from pathlib import Path

import pytest

from tests.weights.small_world import SmallWorld, make_world


@pytest.fixture
def world(tmp_path: Path) -> SmallWorld:
    return make_world(tmp_path)
