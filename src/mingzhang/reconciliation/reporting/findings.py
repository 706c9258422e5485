"""Located inconsistencies → findings; rounding differences → sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from mingzhang.cube.finding import Finding, Level, Suspect
from mingzhang.cube.hierarchy import CODED_DIMENSIONS
from mingzhang.cube.point import Point
from mingzhang.cube.source import Source
from mingzhang.cube.verdict import Proof, RoundingDifference
from mingzhang.reconciliation.derivation import Tie
from mingzhang.reconciliation.reconcile import Located, Reconciliation
from mingzhang.reconciliation.reporting.explain import actual_rate, explain
from mingzhang.reconciliation.reporting.merging import merged_sum
from mingzhang.reconciliation.reporting.ranking import TELLING, Candidate, is_telling, ranked
from mingzhang.reconciliation.reporting.slip_words import slip_words
from mingzhang.reconciliation.reporting.structural import structural_finding
from mingzhang.reconciliation.reporting.wording import Wording, format_number, printable_range
from mingzhang.reconciliation.reporting.working import working
from mingzhang.reconciliation.solver import Implied, Standing
from mingzhang.reconciliation.solver.slips import Slip, SlipKind, likely_slips

# A figure cut off instead of rounded, or forced by one unit to make a sum come out, lies this far off at most.
_TAIL = Fraction(3, 2)
_MOST_REASONS = 3
# An explanation by more numbers than a person would believe wrong at once is none: then only the contradiction is told.
_MOST_MEMBERS = 4
_MOST_TIED = 12


def findings_of(outcome: Reconciliation) -> tuple[Finding, ...]:
    """One finding for each structural slip, then one for each located inconsistency, in the order of the document."""
    reporter = _Reporter(outcome)
    found = [structural_finding(slip, state) for slip, state in outcome.structural]
    return (*found, *(reporter.finding(located) for located in outcome.located))


def proof_of(outcome: Reconciliation) -> Proof:
    """The certificate with a sentence for each difference that exact addition shows and rounding explains."""
    wording = Wording(outcome.book, outcome.assembled.steps)
    system = outcome.assembled.system
    differences = [
        RoundingDifference(explain(wording, system, tie), _places(outcome, [v for _, v in tie.terms]))
        for tie, standing in zip(outcome.ties, outcome.standings, strict=True)
        if standing is Standing.SLACK
    ]
    certificate = outcome.certificate
    return Proof(certificate.consistent, tuple(differences), certificate.verified_exactly)


def _places(outcome: Reconciliation, variables: Sequence[int]) -> tuple[Source, ...]:
    book = outcome.book
    return tuple(book.observations[v].source for v in variables if not book.is_latent(v))


class _Reporter:
    def __init__(self, outcome: Reconciliation) -> None:
        self.outcome = outcome
        self.book = outcome.book
        self.system = outcome.assembled.system
        self.wording = Wording(outcome.book, outcome.assembled.steps)
        self.corrected = self._corrections()
        stated = (o.amount.unit for o in outcome.book.observations if o.origin == "text" and o.amount.unit.is_money)
        self.units = Counter(unit.name for unit in stated)

    def _corrections(self) -> dict[int, Fraction]:
        """The one right value of each figure that is the only suspect of its cluster, where the rest leaves one."""
        found: dict[int, Fraction] = {}
        for located in self.outcome.located:
            if len(located.cluster.sets) != 1 or len(located.cluster.sets[0]) != 1:
                continue
            (implied,) = (rest for rest in located.rests[0] if rest.variable in located.cluster.sets[0])
            amount = self.book.observations[implied.variable].amount
            if implied.low is None or implied.high is None or not amount.unit.is_money:
                continue
            quantum = self.wording.quantum(implied.variable)
            low, high = printable_range(implied.low, implied.high, quantum)
            if low == high:
                found[implied.variable] = low
        return found

    def finding(self, located: Located) -> Finding:
        """The finding of one cluster."""
        sets = [
            [self._candidate(variable, rest) for variable in sorted(chosen)]
            for chosen, rest in zip(located.cluster.sets, located.rests, strict=True)
        ]
        others = [
            [self._candidate(variable, rest) for variable in sorted(chosen)]
            for chosen, rest in zip(located.cluster.alternatives, located.alternative_rests, strict=True)
        ]
        sets, others = ranked(sets, others)
        many = any(len(candidates) > _MOST_MEMBERS for candidates in sets[:1]) or len(sets) > _MOST_TIED
        if many and located.cluster.conflicts:
            return self._contradiction(located, sets)
        suspects: list[Suspect] = []
        indexed: list[tuple[int, ...]] = []
        for candidates in sets:
            numbers = []
            for candidate in candidates:
                if candidate.suspect not in suspects:
                    suspects.append(candidate.suspect)
                numbers.append(suspects.index(candidate.suspect))
            indexed.append(tuple(numbers))
        ties = self._reasons(located)
        level = self._level(located, sets)
        first = sets[0] if sets else []
        single = first[0] if len(sets) == 1 and len(first) == 1 else None
        involved = [c.variable for candidates in sets for c in candidates] + [v for tie in ties for _, v in tie.terms]
        return Finding(
            rule=ties[0].kind.replace("_", "-") if ties else "inconsistent",
            level=level,
            message=self._message(sets, ties, level, len(others)),
            key=self._key(sets, ties),
            places=_places(self.outcome, list(dict.fromkeys(involved))),
            reported=single.suspect.reported if single else None,
            expected=single.suspect.expected if single else None,
            slip=single.suspect.slip if single else None,
            suspects=tuple(suspects),
            sets=tuple(indexed),
            alternatives=tuple(tuple(c.suspect for c in candidates) for candidates in others),
            workings=tuple(working(self.wording, self.system, tie) for tie in ties[:_MOST_REASONS]),
        )

    def _contradiction(self, located: Located, sets: list[list[Candidate]]) -> Finding:
        """What contradicts what, and that too much is involved to say which number is wrong."""
        ties = self._reasons(located)
        involved = list(dict.fromkeys(v for tie in ties for _, v in tie.terms if not self.book.is_latent(v)))
        lost = self._or_a_lost_row(ties).lstrip("；")
        return Finding(
            rule=ties[0].kind.replace("_", "-"),
            level=self._level(located, []),
            message=(
                f"{self._shown(ties)}。{_unlikely(sets)}{f'，{lost}' if lost else ''}；"
                "请从所列各表是否缺行、多行、口径不同查起。"
            ),
            key=self._key([], ties),
            places=_places(self.outcome, involved),
            workings=tuple(working(self.wording, self.system, tie) for tie in ties[:_MOST_REASONS]),
        )

    def _candidate(self, variable: int, rest: tuple[Implied, ...]) -> Candidate:
        implied = next(found for found in rest if found.variable == variable)
        observation = self.book.observations[variable]
        derived, tail = observation.point.measure != "amount", self._is_tail(variable, implied)
        if not observation.amount.unit.is_money:
            right = self._right_rate(variable)
            suspect = Suspect(
                observation.source, self.wording.name(variable), observation.amount.printed, (None, None), right
            )
            return Candidate(variable, implied, (), suspect, is_rate=True, is_derived=derived, is_tail=tail)
        if self._grown_from_nothing(variable):
            # There is nothing this year: whatever the right difference is, it is no increase.
            name = self.wording.name(variable)
            suspect = Suspect(observation.source, name, observation.amount.printed, (None, None), "持平或减少")
            return Candidate(variable, implied, (), suspect, is_derived=derived, is_tail=tail)
        value, half = self.system.variables[variable].value or 0, int(self.wording.quantum(variable) / 2)
        slips = likely_slips(
            observation.amount.printed,
            value,
            half,
            (implied.low, implied.high),
            self._neighbours(variable),
            self._last_year(variable),
        )
        bounds = (
            None if implied.low is None else self.wording.value(implied.low, variable),
            None if implied.high is None else self.wording.value(implied.high, variable),
        )
        suspect = Suspect(
            observation.source,
            self.wording.name(variable),
            observation.amount.printed,
            bounds,
            self._expected(variable, implied, slips),
            slip_words(slips[0]) if slips else None,
        )
        return Candidate(
            variable, implied, slips, suspect, is_derived=derived, is_tail=tail, is_odd=self._is_odd(variable, slips)
        )

    def _is_odd(self, variable: int, slips: tuple[Slip, ...]) -> bool:
        """Whether the unit slipped in a sentence where nearly all others are in another one: 元 among 万元."""
        observation = self.book.observations[variable]
        if observation.origin != "text" or not slips or slips[0].kind is not SlipKind.UNIT:
            return False
        return 2 * self.units[observation.amount.unit.name] < self.units.total()

    def _right_rate(self, variable: int) -> str | None:
        """The rate that it should be; in a sentence without a sign, but with its word where that is wrong as well."""
        observation, actual = self.book.observations[variable], self._actual(variable, corrected=True)
        if actual is None:
            return None
        right = format_number(abs(actual), observation.amount.decimals)
        turned = actual * Fraction(observation.amount.value) < 0
        return f"{'下降' if actual < 0 else '增长'}{right}" if turned else right

    def _grown_from_nothing(self, variable: int) -> bool:
        """Whether a sentence says that something grew of which there is nothing this year."""
        return any(
            tie.kind == "grown" and tie.terms[1][1] == variable and self.book.is_zero(tie.terms[0][1])
            for tie in self.outcome.ties
        )

    def _actual(self, variable: int, *, corrected: bool = False) -> Fraction | None:
        """The rate that the two printed amounts of a stated percentage make; ``corrected``: with what they should be."""
        book = self.book
        for tie in self.outcome.ties:
            if tie.owner == variable and not any(book.is_latent(v) for _, v in tie.terms):
                return actual_rate(self.system, tie, self.corrected if corrected else None)
        return None

    def _expected(self, variable: int, implied: Implied, slips: tuple[Slip, ...]) -> str | None:
        """What should have been printed: the slip's correction, or the numbers that the implied interval allows."""
        corrected = [slip.corrected for slip in slips if slip.kind in TELLING and slip.corrected is not None]
        if corrected:
            return self._value(corrected[0], variable)
        if implied.low is None or implied.high is None:
            return None
        low, high = printable_range(implied.low, implied.high, self.wording.quantum(variable))
        if high < 0 and self.book.observations[variable].origin == "text":
            low, high = high, low  # printed without the sign
        first, last = self._value(low, variable), self._value(high, variable)
        if first == last:
            return first
        middle = self._value((implied.low + implied.high) / 2, variable)
        return f"{middle}（{first}至{last}）" if high != low else middle

    def _value(self, value: int | Fraction, variable: int) -> str:
        """As it would be printed: a change without its sign, which is the word before it, unless that is wrong too."""
        observation = self.book.observations[variable]
        stated = self.system.variables[variable].value or 0
        if observation.origin != "text" or observation.point.measure != "change" or not stated:
            return self.wording.value(value, variable)
        words = "" if (value < 0) == (stated < 0) else "减少" if value < 0 else "增加"
        return words + self.wording.value(-value if value < 0 else value, variable)

    def _neighbours(self, variable: int) -> dict[str, int]:
        """The figures beside and above a cell, by the name of their place."""
        source = self.book.observations[variable].source
        if source.table is None or source.row is None or source.column is None:
            return {}
        found: dict[str, int] = {}
        names = {(-1, 0): "上一行", (1, 0): "下一行", (0, -1): "左一列", (0, 1): "右一列"}
        for other in self.book.by_table.get(source.table, ()):
            place = self.book.observations[other].source
            offset = ((place.row or 0) - source.row, (place.column or 0) - source.column)
            value = self.system.variables[other].value
            if offset in names and value:
                found[names[offset]] = value
        return found

    def _last_year(self, variable: int) -> int | None:
        point = self.book.observations[variable].point
        if point.year is None or point.measure != "amount":
            return None
        last = self.book.find(point.at(year=point.year - 1))
        return None if last is None else self.system.variables[last].value

    def _level(self, located: Located, sets: list[list[Candidate]]) -> Level:
        if any(candidates and all(candidate.is_tail for candidate in candidates) for candidates in sets):
            return "rounding"
        return "error" if located.definite else "warning"

    def _is_tail(self, variable: int, implied: Implied) -> bool:
        """Whether the number is off by no more than a truncation or a forced unit in the last place."""
        value = self.system.variables[variable].value
        printed = self.book.observations[variable].amount
        if not printed.unit.is_money:
            actual, step = self._actual(variable), Fraction(printed.quantum)
            # What agrees with the amounts as printed is no rounding: it is wrong because they are.
            return actual is not None and step / 2 < abs(actual - Fraction(printed.value)) <= _TAIL * step
        low, high = implied.low, implied.high
        if value is None or (low is None and high is None):
            return False
        below = low - value if low is not None else Fraction(0)
        above = value - high if high is not None else Fraction(0)
        return max(below, above) <= _TAIL * self.wording.quantum(variable)

    def _reasons(self, located: Located) -> list[Tie]:
        """The relations that show it best: those broken alone first, else all that are not exact, of one conflict."""
        if not located.cluster.conflicts:
            return []  # the time was up before one was found
        conflict = min(located.cluster.conflicts, key=lambda c: (len(c.relations), c.relations))
        standings = self.outcome.standings
        broken = [r for r in conflict.relations if standings[r] is Standing.BROKEN]
        inexact = [r for r in conflict.relations if standings[r] is not Standing.HELD]
        chosen = [self.outcome.ties[r] for r in (broken or inexact or conflict.relations)]
        if any(self.book.is_latent(v) for tie in chosen for _, v in tie.terms):
            whole = merged_sum(self.book, [self.outcome.ties[r] for r in conflict.relations])
            if whole is not None and sum(c * (self.system.variables[v].value or 0) for c, v in whole.terms) != 0:
                return [whole]
        return chosen

    def _message(self, sets: list[list[Candidate]], ties: list[Tie], level: Level, more: int) -> str:
        if not ties:
            return "有一处数字互相矛盾，查到规定的工作量仍没有查清涉及哪些数；其余结论不受影响。"
        shown = self._shown(ties)
        if level == "rounding":
            return f"{shown}。除去四舍五入，差额不超过末位一个单位，属尾差或截尾，不是差错。"
        lost = self._or_a_lost_row(ties)
        if not sets:
            return f"{shown}。这些关系彼此矛盾，无法判断是哪一个数有误{lost}。"
        if len(sets) == 1:
            told = "；".join(self._told(candidate) for candidate in sets[0])
            return f"{told}{lost if more or not any(map(is_telling, sets[0])) else ''}。依据：{shown}。"
        if all(len(candidates) == 1 for candidates in sets):
            named = "，或".join(self._told(candidates[0]) for candidates in sets[:4])
            rest = f"（另有{len(sets) - 4}种可能）" if len(sets) > 4 else ""
            return f"下列数字中有一个不对：{named}{rest}{lost}。依据：{shown}。"
        size = len(sets[0])
        return f"至少有{size}个数不对，共{len(sets)}种可能的组合，见所列疑点{lost}。依据：{shown}。"

    def _shown(self, ties: list[Tie]) -> str:
        """The first of the relations, and how many more there are."""
        reasons = [explain(self.wording, self.system, tie) for tie in ties[:_MOST_REASONS]]
        return "；".join(reasons) + (f"（另有{len(ties) - _MOST_REASONS}式）" if len(ties) > _MOST_REASONS else "")

    def _or_a_lost_row(self, ties: list[Tie]) -> str:
        """Classes that fall short of their sum can also lack one of them."""
        for tie in ties:
            whole = tie.terms[0][1]
            if tie.kind != "sum" or tie.dimension not in CODED_DIMENSIONS or self.book.is_latent(whole):
                continue
            code = self.book.observations[whole].point.get(tie.dimension)
            if sum(c * (self.system.variables[v].value or 0) for c, v in tie.terms) > 0:
                return f"；也可能是{f'“{code}”之下' if code else '表中'}缺少一行或几行"
        return ""

    def _told(self, candidate: Candidate) -> str:
        suspect = candidate.suspect
        reported = suspect.reported or "空白"
        should = f"应为{suspect.expected}" if suspect.expected else "与其他数字不符"
        slip = f"，{suspect.slip}" if suspect.slip else ""
        return f"{suspect.label}印为{reported}，{should}{slip}{self._after_correction(candidate)}"

    def _after_correction(self, candidate: Candidate) -> str:
        """That a rate was worked out from an amount which is wrong itself."""
        if self.book.observations[candidate.variable].amount.unit.is_money:
            return ""
        for tie in self.outcome.ties:
            if tie.owner == candidate.variable and not any(self.book.is_latent(v) for _, v in tie.terms):
                wrong = [v for _, v in tie.terms if v in self.corrected]
                values = "、".join(
                    f"{self.wording.number(v)}更正为{self.wording.value(self.corrected[v], v)}" for v in wrong
                )
                return f"（{values}之后）" if wrong else ""
        return ""

    def _key(self, sets: list[list[Candidate]], ties: list[Tie]) -> tuple[str, ...]:
        """What the finding is about, by points: no row or line numbers, no other figures."""
        variables = [c.variable for candidates in sets[:1] for c in candidates]
        variables = variables or [v for tie in ties[:1] for _, v in tie.terms]
        words: list[str] = []
        for variable in variables:
            if self.book.is_latent(variable):
                words.append(_point_key(self.wording.latent_point(variable)))
                continue
            observation = self.book.observations[variable]
            table = self.book.tables.get(observation.source.table or "")
            words += [table.title if table else "text", _point_key(observation.point), observation.amount.printed]
        return tuple(words) or ("unlocated",)


def _unlikely(sets: list[list[Candidate]]) -> str:
    """Why no number is named."""
    if len(sets[0]) > _MOST_MEMBERS:
        return f"要使各数相符，至少须改动{len(sets[0])}个数，不像是个别数字录错"
    return "单凭这些数，看不出是哪一处有误"


def _point_key(point: Point) -> str:
    return ",".join(f"{name}={value}" for name, value in point.named().items())
