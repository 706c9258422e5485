"""Seeded errors: plants one realistic defect in a document, as read, and sees whether a check finds it and where.

Decides what a defect of a kind looks like in any document, and when a finding is at its place. Refuses to plant where
the document would stay right (another copy of a reason, an amount that is nowhere checked is still planted: that it is
not found counts against us).
"""
