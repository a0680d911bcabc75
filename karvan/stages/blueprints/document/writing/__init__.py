"""Write a change into a YAML text so that all else stays as its author wrote it, byte for byte."""

from .rewriting import Rewritten, rewritten, written_out

__all__ = ["Rewritten", "rewritten", "written_out"]
