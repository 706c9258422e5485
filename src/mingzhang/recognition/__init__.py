"""Document → Disclosure: titles, units, header phrases, rows and claims in sentences become observations.

Decides which grid is which table, what each column and row names, and what a sentence states.
Refuses to judge whether the amounts are right, and to guess: what is not understood is listed unread, with the reason.
The vocabulary is data (``vocabulary.toml``); no region's name appears in code.
"""

from mingzhang.recognition.misreadings import with_headers_read_again
from mingzhang.recognition.recognise import recognise

__all__ = ["recognise", "with_headers_read_again"]
