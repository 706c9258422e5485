"""A verdict → what a reviewer signs: the HTML report, the annotated PDF, the list of findings, the 检查表.

Knows how evidence is shown: which region of which page, in which frame, and how much of it fits. Refuses to judge, and
to word anew what ``verdict_words`` and ``coverage_words`` already word for every output. Pillow, pikepdf, python-docx
and openpyxl are loaded only by the output that needs them. The same verdict and the same file give the same bytes.
"""
