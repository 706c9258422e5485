"""Is there one assignment of exact amounts that explains every printed number? If not, which numbers are wrong?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from mingzhang.cube.disclosure import Disclosure
from mingzhang.cube.verdict import RelationCounts
from mingzhang.reconciliation.assembly import Assembled, assemble
from mingzhang.reconciliation.derivation import Book, Tie, derive
from mingzhang.reconciliation.hypothesis import Structural
from mingzhang.reconciliation.mending import mended
from mingzhang.reconciliation.relabelling import mislabelled_rows
from mingzhang.reconciliation.solver import (
    Certificate,
    Cluster,
    Infeasible,
    Relation,
    Standing,
    System,
    Variable,
    certify,
    classify,
    feasibility,
    localise,
)
from mingzhang.reconciliation.solver.implied import Implied, Rests
from mingzhang.reconciliation.solver.oracle import Oracles
from mingzhang.reconciliation.structure import find_structural

_MOST_STRUCTURAL = 8


@dataclass(frozen=True, slots=True)
class Located:
    """One inconsistency with its explanations.

    ``definite``: it follows from ties that the disclosure itself states, not only from customary ones.
    ``rests`` gives, for each of the cluster's sets, what the rest of the disclosure implies for its members.
    """

    cluster: Cluster
    definite: bool
    rests: tuple[tuple[Implied, ...], ...]
    alternative_rests: tuple[tuple[Implied, ...], ...]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The outcome over one disclosure. ``certificate`` is that of the definite ties where the customary ones fail.

    ``violated`` are the relations, by their number among ``ties``, that cannot hold as printed, by whatever amount.
    ``interrupted``: the clock ended a search, so that another run may find more.
    """

    book: Book
    ties: tuple[Tie, ...]
    assembled: Assembled
    standings: tuple[Standing, ...]
    certificate: Certificate
    located: tuple[Located, ...]
    counts: RelationCounts
    violated: frozenset[int] = frozenset()
    structural: tuple[tuple[Structural, Reconciliation], ...] = ()
    interrupted: bool = False


def reconcile(disclosure: Disclosure, *, limit: int = 32, steps: int = 1_000_000) -> Reconciliation:
    """Derive the ties, certify them or locate what contradicts them.

    ``limit`` is the number of tied explanations listed for one error; ``steps`` the work for a component.
    Slips of whole rows, columns and tables are looked for first; the search for wrong cells goes on without them.
    """
    slips: list[tuple[Structural, Reconciliation]] = []
    while True:
        book = Book.of(disclosure)
        derivation = derive(book)
        ties = derivation.ties
        assembled = assemble(book, ties)
        standings = classify(assembled.system)
        slip = None
        if Standing.BROKEN in standings and len(slips) < _MOST_STRUCTURAL:
            slip = _mislabelled(disclosure, book, ties, standings)
            slip = slip or find_structural(book, ties, assembled, standings)
        if slip is None:
            break
        slips.append((slip, _state(book, ties, assembled, standings)))
        disclosure = mended(disclosure, slip)
    system = assembled.system
    oracles = Oracles(system)
    certificate = certify(system, oracles)
    located: tuple[Located, ...] = ()
    if not certificate.consistent:
        clusters = localise(system, oracles, limit=limit, steps=steps)
        definite = _definite(system, ties)
        customary = frozenset(number for number, tie in enumerate(ties) if tie.strength != "definite")
        rests = Rests(system, oracles)
        located = tuple(_located(rests, definite, customary, clusters, index) for index in range(len(clusters)))
        if located and not any(found.definite for found in located):
            certificate = certify(definite)
    violated = _violated(system, standings, located)
    if slips:
        # What was mended to look further is still wrong as published.
        certificate = Certificate(False, (), (), certificate.verified_exactly, certificate.conflict, certificate.reason)
        violated |= {number for number in slips[0][0].broken if number < len(standings)}
    counts = _counts(standings, violated, derivation.not_evaluable)
    return Reconciliation(
        book,
        ties,
        assembled,
        standings,
        certificate,
        located,
        counts,
        frozenset(violated),
        tuple(slips),
        oracles.interrupted,
    )


def _mislabelled(
    disclosure: Disclosure, book: Book, ties: tuple[Tie, ...], standings: tuple[Standing, ...]
) -> Structural | None:
    """The first row under a wrong class whose mending leaves fewer relations broken, and breaks none of its own."""
    broken = [number for number, standing in enumerate(standings) if standing is Standing.BROKEN]
    for slip in mislabelled_rows(book):
        after = Book.of(mended(disclosure, slip))
        left = classify(assemble(after, derive(after).ties).system)
        if sum(standing is Standing.BROKEN for standing in left) < len(broken):
            inside = {v for v in book.by_table[slip.table] if book.observations[v].source.row == slip.first}
            inside |= set(slip.amounts)
            touched = tuple(n for n in broken if any(v in inside for _, v in ties[n].terms))
            return replace(slip, broken=touched or tuple(broken))
    return None


def _state(book: Book, ties: tuple[Tie, ...], assembled: Assembled, standings: tuple[Standing, ...]) -> Reconciliation:
    """The state in which a structural slip was found, for its explanation."""
    nothing = Certificate(None, (), (), False)
    return Reconciliation(book, ties, assembled, standings, nothing, (), RelationCounts(0, 0, 0, 0))


def _definite(system: System, ties: tuple[Tie, ...]) -> System:
    relations = tuple(r for r, tie in zip(system.relations, ties, strict=True) if tie.strength == "definite")
    return System(system.variables, relations)


def _located(
    rests: Rests, definite: System, customary: frozenset[int], clusters: tuple[Cluster, ...], index: int
) -> Located:
    cluster = clusters[index]
    others = {variable for other in clusters if other is not cluster and other.sets for variable in other.sets[0]}
    # A conflict of definite ties alone, about none of the others, is the proof already.
    proved = any(
        customary.isdisjoint(conflict.relations) and others.isdisjoint(conflict.variables)
        for conflict in cluster.conflicts
    ) or isinstance(feasibility(released(definite, others)), Infeasible)
    return Located(
        cluster,
        proved,
        tuple(rests.of(chosen, others) for chosen in cluster.sets),
        tuple(rests.of(chosen, others) for chosen in cluster.alternatives),
    )


def released(system: System, variables: set[int]) -> System:
    """The system with some printed numbers taken as unknown, and the rates they own dropped."""
    if not variables:
        return system
    kept = tuple(Variable(None) if index in variables else variable for index, variable in enumerate(system.variables))
    relations: tuple[Relation, ...] = tuple(r for r in system.relations if r.owner is None or r.owner not in variables)
    return replace(system, variables=kept, relations=relations)


def _violated(system: System, standings: tuple[Standing, ...], located: tuple[Located, ...]) -> set[int]:
    broken = {number for number, standing in enumerate(standings) if standing is Standing.BROKEN}
    conflicts = [conflict for found in located for conflict in found.cluster.conflicts[:1]]
    for conflict in conflicts:
        broken |= _between_printed(system, [r for r in conflict.relations if standings[r] is not Standing.HELD])
    return broken


def _between_printed(system: System, relations: list[int]) -> set[int]:
    """The relations of a conflict less one for each latent amount, which that one only defines.

    A total that is tied to its parts through sums that are printed nowhere is one relation between printed amounts.
    """

    def unprinted(relation: int) -> set[int]:
        return {index for _, index in system.relations[relation].terms if system.variables[index].is_latent}

    left = sorted(relations, key=lambda relation: (len(unprinted(relation)), relation))
    for latent in sorted({index for relation in relations for index in unprinted(relation)}):
        defining = next((relation for relation in left if latent in unprinted(relation)), None)
        if defining is not None and len(left) > 1:
            left.remove(defining)
    return set(left)


def _counts(standings: tuple[Standing, ...], violated: set[int], not_evaluable: int) -> RelationCounts:
    slack = sum(s is Standing.SLACK and number not in violated for number, s in enumerate(standings))
    return RelationCounts(len(standings) - slack - len(violated), slack, len(violated), not_evaluable)
