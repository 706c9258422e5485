"""What several documents have to do with each other: files that are one disclosure, and disclosures that are held together.

Decides which files belong together, whose disclosure each is by its normalised name, which pairs of disclosures speak of
the same amounts, and what changed from one to another. Refuses to read files and to word more than one sentence a finding;
it derives what is comparable from points alone and knows no table and no region.
"""
