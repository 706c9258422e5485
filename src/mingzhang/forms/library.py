"""The form sets at hand: those shipped with the package, then those of extra directories; loaded when first asked for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from mingzhang.errors import FormError
from mingzhang.forms.loading import load_form_set
from mingzhang.forms.model import FormSet

SHIPPED = Path(__file__).parent / "data"
"""Where the package's own form-set files are."""


def load_form_sets(directories: Iterable[Path | str] = ()) -> tuple[FormSet, ...]:
    """Every form set of the package and then of ``directories``, by file name; read once a process."""
    return _load(tuple(Path(directory) for directory in directories))


@lru_cache(maxsize=16)
def _load(directories: tuple[Path, ...]) -> tuple[FormSet, ...]:
    found: dict[str, FormSet] = {}
    for directory in (SHIPPED, *directories):
        if not directory.is_dir():
            raise FormError("form-unreadable", f"{directory}：没有这个表样目录")
        for path in sorted(directory.glob("*.toml")):
            form_set = load_form_set(path)
            if form_set.id in found:
                other = found[form_set.id].file
                raise FormError("form-duplicate", f"{path.name}：表样编号“{form_set.id}”已在 {other} 中用过")
            found[form_set.id] = form_set
    return tuple(found.values())
