"""Benchmarks: each work beside a hand-written limit, measured in the same run on the same machine."""
