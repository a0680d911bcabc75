"""Write a change into a YAML text so that all else stays as its author wrote it, byte for byte."""

from .dumping import in_lines, in_one_line
from .rewriting import Rewritten, rewritten, written_out

__all__ = ["Rewritten", "in_lines", "in_one_line", "rewritten", "written_out"]
