"""What the program can be told to do: one module a command, over a few that all commands share.

Decides which file is taken, which rooms are called in which order, which stream gets the result and which exit status
follows. Refuses to read, judge or word anything itself: that is the rooms' work, and they are imported only when their
turn comes, so that starting stays fast. A command is a module with ``declare`` (its words) and a function that runs it.
"""
