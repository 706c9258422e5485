"""A disclosure without what its own check finds wrong: the rest can still become a ledger."""

from __future__ import annotations

from dataclasses import replace

from mingzhang.cube.disclosure import Disclosure, Observation, Table
from mingzhang.reconciliation import findings_of, reconcile
from mingzhang.reconciliation.mending import mended


def corrected(disclosure: Disclosure) -> tuple[Disclosure, tuple[str, ...]]:
    """The disclosure with slips of whole rows mended and numbers left out that must be wrong; what was found, in Chinese.

    A number is left out only where no other could be the wrong one instead.
    """
    outcome = reconcile(disclosure)
    found = tuple(finding.message for finding in findings_of(outcome))
    for slip, _ in outcome.structural:
        disclosure = mended(disclosure, slip)
    alone = [located.cluster.sets[0] for located in outcome.located if len(located.cluster.sets) == 1]
    wrong = {outcome.book.observations[variable] for chosen in alone for variable in chosen}
    kept = tuple(observation for observation in disclosure.observations if observation not in wrong)
    # Something stands where they stood: it is not nought.
    tables = tuple(
        replace(
            table, holes=(*table.holes, *(o.point for o in disclosure.observations if o in wrong and _is_in(o, table)))
        )
        for table in disclosure.tables
    )
    # Claims count the observations, and no ledger is made of them.
    return replace(disclosure, observations=kept, tables=tables, claims=()), found


def _is_in(observation: Observation, table: Table) -> bool:
    return observation.source.table == table.id
