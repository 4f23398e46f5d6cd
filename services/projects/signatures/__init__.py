"""Signatures: who signed which version of a file, the sealed PDF that proves it, and the trail of both."""
