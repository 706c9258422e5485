"""The rules, one small file each (or a tight family). A module declares ``RULES``, or ``ENTRIES`` without a check.

Decides what is looked for; refuses arithmetic, which is derived and proved in ``reconciliation``, and shared helpers.
"""
