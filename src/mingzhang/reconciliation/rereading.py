"""Disclosure → Disclosure with the numbers of scans read as the relations demand, where one reading makes them hold.

A pass between recognition and checking. A number that was read from a picture and that the rest contradicts is read
again: as the recogniser's second choices have it, or, where it was not sure, with one look-alike character. It is changed
only if exactly one reading settles the contradiction, and every change is told; where several would, none is taken, and
they are listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from mingzhang.cube.amount import NotAnAmountError, parse_amount
from mingzhang.cube.disclosure import Disclosure, Observation
from mingzhang.cube.source import LOW_CONFIDENCE, Scan
from mingzhang.reconciliation.reconcile import Located, Reconciliation, reconcile

_LOOK_ALIKE = {
    "0": "689",
    "1": "7",
    "2": "7",
    "3": "85",
    "4": "9",
    "5": "63",
    "6": "085",
    "7": "12",
    "8": "3069",
    "9": "408",
}
_WELL_FORMED = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_UNSURE = 0.99  # confidence below which a look-alike character is thought of
_MOST_ROUNDS = 12
_MOST_TRIALS = 60  # checks of the whole disclosure for one contradiction


@dataclass(frozen=True, slots=True)
class _Reading:
    """Another reading of one observation, with the disclosure and the outcome that it leads to."""

    index: int
    text: str
    seen: bool  # the recogniser had it among its choices
    disclosure: Disclosure
    violated: int


def reread(disclosure: Disclosure) -> Disclosure:
    """The disclosure with its doubtful readings settled by its relations; notes tell each change, and what stays open."""
    told: list[str] = []
    undecided: dict[int, str] = {}
    for _ in range(_MOST_ROUNDS):
        outcome = reconcile(disclosure)
        taken = _settled(disclosure, outcome, undecided)
        if taken is None:
            break
        observation = disclosure.observations[taken.index]
        told.append(
            f"{_place(observation)}由OCR识别为{observation.amount.printed}，按勾稽关系取{taken.text}"
            f"（取此数后{outcome.counts.violated - taken.violated}条不符的关系成立），请对照原件。"
        )
        disclosure = taken.disclosure
    if not told and not undecided:
        return disclosure
    return replace(disclosure, notes=(*disclosure.notes, *told, *(note for note in undecided.values() if note)))


def _settled(disclosure: Disclosure, outcome: Reconciliation, undecided: dict[int, str]) -> _Reading | None:
    """The reading that alone settles one of the contradictions; what several would settle goes to ``undecided``."""
    for located in outcome.located:
        found = list(_settling(disclosure, outcome, located, undecided))
        least = min((reading.violated for reading in found), default=0)
        best = [reading for reading in found if reading.violated == least]
        best = [reading for reading in best if reading.seen] or best
        if len(best) == 1:
            return best[0]
        if best:
            listed = "；".join(
                f"{_place(old)}识别为{old.amount.printed}，可能是{reading.text}"
                for reading in best
                for old in (disclosure.observations[reading.index],)
            )
            sentence = f"扫描件的数字有几种读法都能使勾稽关系成立，未作取舍，请对照原件：{listed}。"
            undecided.update(dict.fromkeys((reading.index for reading in best[1:]), ""))
            undecided[best[0].index] = sentence
    return None


def _settling(
    disclosure: Disclosure, outcome: Reconciliation, located: Located, undecided: dict[int, str]
) -> Iterator[_Reading]:
    """Readings of one suspect that leave fewer relations broken, and that suspect unsuspected."""
    index_of = {id(observation): index for index, observation in enumerate(disclosure.observations)}
    trials = 0
    for chosen, rest in zip(located.cluster.sets, located.rests, strict=True):
        if len(chosen) != 1:
            continue
        variable = next(iter(chosen))
        if outcome.book.is_latent(variable):
            continue
        index = index_of.get(id(outcome.book.observations[variable]))
        if index is None or index in undecided:
            continue
        for text, seen in _other_texts(disclosure.observations[index]):
            changed = _changed(disclosure.observations[index], text)
            if changed is None or not _is_implied(outcome.assembled.steps, changed, rest[0].low, rest[0].high):
                continue
            trials += 1
            if trials > _MOST_TRIALS:
                return
            observations = (*disclosure.observations[:index], changed, *disclosure.observations[index + 1 :])
            other = replace(disclosure, observations=observations)
            after = reconcile(other)
            if after.counts.violated < outcome.counts.violated and not _is_suspect(after, variable):
                yield _Reading(index, text, seen, other, after.counts.violated)


def _is_suspect(outcome: Reconciliation, variable: int) -> bool:
    return any(variable in chosen for located in outcome.located for chosen in located.cluster.sets)


def _other_texts(observation: Observation) -> Iterator[tuple[str, bool]]:
    """What the recogniser considered; of a number that it was not sure of, one look-alike character too.

    A number that it was sure of stands: what contradicts it may well be a slip of those who published it.
    """
    scan, printed = observation.source.scan, observation.amount.printed
    if scan is None:
        return
    alike = _look_alikes(printed) if scan.confidence < _UNSURE else ()
    for text in dict.fromkeys((*scan.others, *alike)):
        if text != printed and _WELL_FORMED.fullmatch(text):
            yield text, text in scan.others


def _look_alikes(printed: str) -> Iterator[str]:
    """One digit taken for another; a sign, a decimal point lost or added."""
    for place, char in enumerate(printed):
        for other in _LOOK_ALIKE.get(char, ""):
            yield printed[:place] + other + printed[place + 1 :]
    yield printed[1:] if printed.startswith("-") else f"-{printed}"
    plain = printed.replace(",", "")
    if "." in plain:
        yield plain.replace(".", "")
    else:
        yield from (f"{plain[:-places]}.{plain[-places:]}" for places in (2, 1, 4) if len(plain) > places)


def _changed(observation: Observation, text: str) -> Observation | None:
    """The observation read so; doubtful from now on, with what it was recognised as."""
    amount, scan = observation.amount, observation.source.scan or Scan(0.0)
    try:
        other = parse_amount(text, amount.unit)
    except NotAnAmountError:
        return None
    first = scan.recognised or amount.printed
    doubt = min(scan.confidence, LOW_CONFIDENCE - 0.001)
    scan = Scan(doubt, tuple(o for o in (amount.printed, *scan.others) if o != text), first)
    other = replace(other, decimals=max(other.decimals, amount.decimals) if "." in text else other.decimals)
    return replace(observation, amount=other, source=observation.source._replace(scan=scan))


def _is_implied(steps: int, observation: Observation, low: Fraction | None, high: Fraction | None) -> bool:
    """Whether a reading can be what the rest implies: only such are worth a check of the whole disclosure."""
    if not observation.amount.unit.is_money:
        return False
    value, half = Fraction(observation.amount.fen) * steps, Fraction(observation.amount.quantum) * steps / 2
    return (low is None or value + half >= low) and (high is None or value - half <= high)


def _place(observation: Observation) -> str:
    page = f"第{observation.source.page}页" if observation.source.page else ""
    return f"{page}“{observation.label}”" if observation.label else page
