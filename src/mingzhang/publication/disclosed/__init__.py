"""A composed disclosure as files that people publish: workbook, Word document, PDF, web page, open data.

Decides: pages, styles, widths, what repeats over pages, what is linked. Refuses: to change a word or a number of what was
composed. The same composition gives the same bytes. Each writer needs the extra ``publish`` and says so where it is
missing; nothing is written to disk here.
"""

from mingzhang.publication.disclosed.datapackage import data_package
from mingzhang.publication.disclosed.writers import FORMATS, published

__all__ = ["FORMATS", "data_package", "published"]
