"""A born-digital PDF → Document: characters and ruling lines, then cells, tables and paragraphs.

Decides which cell a character is in, which lines make a paragraph, what is only a page number.
Refuses to know what a table or a sentence means, and never guesses at a picture: it says so in the notes.
"""

from mingzhang.documents.pdf.reader import BACKENDS, read_pdf

__all__ = ["BACKENDS", "read_pdf"]
