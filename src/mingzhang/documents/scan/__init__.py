"""A picture of a page → characters and rulings, as the PDF back ends give them; then the same cells and paragraphs.

Decides how a picture is turned straight, where its lines and its text are, which characters stand there, how sure that is.
Refuses to choose between readings by what they mean, and to read on where the libraries of the extra ``ocr`` are missing.
"""
