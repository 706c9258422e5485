"""HiGHS, quiet and deterministic. Imported only when something must be solved."""

from __future__ import annotations

from typing import Any

_TOLERANCE = 1e-9


_CROWDED = 4.0  # how much longer than its processor time a run may take on a busy machine
_LEAST = 0.01


def wall_time(seconds: float) -> float:
    """The last guard of HiGHS, which counts wall time, for so much processor time."""
    return max(_CROWDED * seconds, _LEAST)


def quiet_model(**options: Any) -> Any:
    """A fresh HiGHS model: no output, one thread, dual simplex without presolve (unless ``options`` say otherwise).

    The wrapper class of highspy prints a banner on stdout when it is made, before any option can silence it; its base
    class does not, and has all that is needed here.
    """
    import highspy

    base: Any = highspy.Highs.__base__
    model = base()
    settings: dict[str, Any] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "presolve": "off",
        "solver": "simplex",
        "simplex_strategy": 1,
        "primal_feasibility_tolerance": _TOLERANCE,
        "dual_feasibility_tolerance": _TOLERANCE,
    }
    for name, value in (settings | options).items():
        model.setOptionValue(name, value)
    return model
