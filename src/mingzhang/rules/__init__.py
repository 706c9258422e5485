"""What is not arithmetic: names of codes, completeness against the contents page, weights, order, statements.

Decides: which of a disclosure's statements contradict one another, the classification or custom, and how sure that is.
Each rule is a small generator in ``checks/`` with its sentence, basis, years, kinds and level; the registry finds them.

Refuses: every sum, share and comparison of amounts (``reconciliation``), reading anything from a file, and guessing
where recognition is unsure. A rule that crashes is a defect of the program: it propagates, it is never a pass.
"""

from mingzhang.rules.registry import all_entries, all_rules
from mingzhang.rules.rule import Entry, Kind, Rule
from mingzhang.rules.running import run_rules

__all__ = ["Entry", "Kind", "Rule", "all_entries", "all_rules", "run_rules"]
