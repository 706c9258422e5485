"""Forms: one declarative file a region and kind of disclosure (DESIGN §1).

Decides what tables a set has, what they are called, and which point of the cube each of their cells names; reads and
checks the files; says which form a printed title names. Refuses to know how a sum is made (that follows from the
points), how a document is read, or any region by name: regions are data. Imports only ``cube`` and ``errors``.
"""

from mingzhang.forms.fragment import NOTHING, Fragment
from mingzhang.forms.library import load_form_sets
from mingzhang.forms.loading import load_form_set
from mingzhang.forms.matching import best_form_set, match_title
from mingzhang.forms.model import (
    ROLES,
    AxisForm,
    BlockForm,
    BodyForm,
    ColumnForm,
    FieldForm,
    FormSet,
    IndicatorsForm,
    RowForm,
    RowsForm,
    SectionForm,
    TableForm,
)

__all__ = [
    "NOTHING",
    "ROLES",
    "AxisForm",
    "BlockForm",
    "BodyForm",
    "ColumnForm",
    "FieldForm",
    "FormSet",
    "Fragment",
    "IndicatorsForm",
    "RowForm",
    "RowsForm",
    "SectionForm",
    "TableForm",
    "best_form_set",
    "load_form_set",
    "load_form_sets",
    "match_title",
]
