"""A comparison → text, JSON, a workbook, one HTML page.

Decides how what changed is told: the sentence at the top, the order, the columns, the pictures. Knows the values of the
cube and nothing of how they were found. Refuses to judge: it names no change good or bad.
"""
