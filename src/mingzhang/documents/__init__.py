"""Bytes → Document: paragraphs and grids in reading order, each with its Source.

Decides what is text, what is a grid, which cells are merged, and where each stands in the file.
Refuses to know what anything means: no titles, no units, no headers, no amounts.
"""

from mingzhang.documents.limits import Limits
from mingzhang.documents.model import Cell, Document, Grid, Line
from mingzhang.documents.opening import open_document

__all__ = ["Cell", "Document", "Grid", "Limits", "Line", "open_document"]
