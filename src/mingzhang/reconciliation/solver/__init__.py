"""The mathematical core of reconciliation: is a set of rounded numbers consistent, and if not, which ones are wrong?

Knows integers, intervals and linear relations. Refuses to know of budgets, tables, units or files.
"""

from mingzhang.reconciliation.solver.certificate import Certificate, verify, verify_conflict
from mingzhang.reconciliation.solver.components import Component, Standing, classify, components, standing
from mingzhang.reconciliation.solver.feasibility import Feasible, Infeasible, Unproved, certify, feasibility
from mingzhang.reconciliation.solver.implied import Implied, implied
from mingzhang.reconciliation.solver.localise import Cluster, localise
from mingzhang.reconciliation.solver.slips import Slip, SlipKind, likely_slips
from mingzhang.reconciliation.solver.system import Conflict, Relation, System, Variable

__all__ = [
    "Certificate",
    "Cluster",
    "Component",
    "Conflict",
    "Feasible",
    "Implied",
    "Infeasible",
    "Relation",
    "Slip",
    "SlipKind",
    "Standing",
    "System",
    "Unproved",
    "Variable",
    "certify",
    "classify",
    "components",
    "feasibility",
    "implied",
    "likely_slips",
    "localise",
    "standing",
    "verify",
    "verify_conflict",
]
