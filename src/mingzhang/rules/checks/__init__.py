"""The rules, one small file each (or a tight family). A module declares ``RULES``, or ``ENTRIES`` without a check."""
