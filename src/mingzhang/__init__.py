"""Mingzhang (明账) reads, checks and composes China's public budget disclosures as one budget cube."""

__version__ = "0.1.0"
