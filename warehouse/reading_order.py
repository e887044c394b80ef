"""The order in which a reader goes through the boxes of a page.

A layout is taken apart with straight cuts (the recursive XY cut of Nagy and Seth, 1984, with some overlap allowed):
tiers first, then columns inside a tier.  Boxes that no cut separates are ordered pairwise, as a graph.
"""
