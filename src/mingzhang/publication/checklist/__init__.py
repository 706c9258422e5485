"""A verdict → the bureau's 检查表: 检查内容 | 项目 | 符合要求 | 问题, with dated pictures of the places.

Decides which finding stands in which line (by the layout file: its rule, its table, its section) and when a line may say
是. Refuses to say 是 of what was not checked: such a line says 未核对, with the reason.
"""
