"""What is said of a recording: why a file cannot be read, and what is in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def said_of_fault(code: str, where: str, args: Mapping[str, Any]) -> str:
    """Why a file cannot be read, in which file, and up to where it could be."""
    words = {"where": where, **_filled(args)}
    sentences = {
        "empty": _("The file is empty."),
        "no_files": _("No file was sent."),
        "not_text": _("This is no table: from byte %(byte)s on it is no text."),
        "no_numbers": _("No line of numbers was found in %(lines)s lines."),
        "only_time": _("Besides a column of time there is nothing in this table."),
        "no_interval": _("The LabChart file does not say its interval (line “Interval=”)."),
        "no_header": _("A header (.hea) is missing beside %(where)s. Send it with them."),
        "several_headers": _("There are several headers: %(where)s. Send one record at a time."),
        "missing_file": _("The header names “%(where)s”, which was not sent."),
        "bad_header": _("The header cannot be read from here on: %(where)s."),
        "missing_signal_line": _(
            "The header says %(expected)s signals and describes %(found)s: %(where)s."
        ),
        "segments": _(
            "This record is made of %(segments)s segments: %(where)s. Send one segment at a time."
        ),
        "unknown_format": _("The form of the samples is not known: %(format)s %(where)s."),
        "no_samples": _("There is no sample in it %(where)s."),
        "too_many_samples": _("More than %(most)s samples. Send a part of it."),
        "cut_annotations": _("The annotations break off at byte %(byte)s: %(where)s."),
        "matlab5": _("“%(where)s” is a later MAT-file; save it as version 4 (-v4)."),
        "bad_matlab": _("“%(where)s” is no MAT-file of version 4."),
        "bad_edf": _("This is no EDF from byte %(byte)s on: “%(text)s” %(where)s."),
        "bad_zip": _("The sigrok session does not open: it is cut off or no zip file."),
        "bad_chunk": _("“%(where)s” in the sigrok session does not open."),
        "no_metadata": _("The sigrok session lacks a readable “metadata” file. %(where)s"),
        "unknown_version": _("This version of sigrok session is not known: “%(version)s”."),
        "no_rate": _("The sigrok session does not say its sample rate: “%(text)s”."),
        "bad_vcd": _("This is no value change dump: %(where)s %(text)s"),
        "bad_wav": _("This is no WAV sound from byte %(byte)s on."),
        "several_files": _(
            "Several files that are no WFDB record: %(where)s. Send them one by one."
        ),
    }
    return (sentences[code] % words).replace(" .", ".").strip()


def said_of_doubt(doubt: Mapping[str, Any]) -> str:
    """One doubt that is kept with a capture, in the reader's language."""
    words = {"where": doubt.get("where", ""), **_filled(doubt.get("args", {}))}
    sentences = {
        "encoding": _("It is not in UTF-8 (byte %(byte)s); it was read as Latin-1."),
        "decimal_comma": _("Commas were taken as decimal points."),
        "ragged_row": _("Line %(where)s has %(cells)s cells in place of %(expected)s."),
        "not_a_number": _(
            "Line %(where)s, column %(column)s: “%(text)s” is no number and stays a gap."
        ),
        "text_column": _("Column “%(where)s” holds words, no numbers; it is not drawn."),
        "index_column": _("The first column only counts the rows; it is not drawn."),
        "replicate_column": _(
            "Column “%(where)s” tells replicates apart; each is counted by itself first."
        ),
        "time_column_by_its_course": _(
            "The table has no headings. Its first column rises from row to row and is taken as time."
        ),
        "time_unit_not_told": _("The unit of the time column “%(where)s” is not in the file."),
        "time_does_not_increase": _(
            "Column “%(where)s” is called time, but it does not rise in row %(row)s; "
            "it is taken as values."
        ),
        "blocks_joined": _("%(blocks)s blocks follow each other, with gaps between them."),
        "usual_rate": _("The header does not say a rate; the format then means 250 a second."),
        "no_header": _("“%(where)s” came without its header: rate and units are not in the file."),
        "short_file": _("It breaks off early: %(there)s of %(expected)s could be read. %(where)s"),
        "checksum": _("The checksum of “%(where)s” does not fit: the file may be damaged."),
        "skew": _("“%(where)s” was moved by %(samples)s samples, as the header says."),
        "cut_sample": _("“%(where)s” ends with %(bytes)s bytes that make no sample."),
        "empty_channel": _("“%(where)s” has no sample; it is not drawn."),
        "breaks_off": _("From line %(where)s on it cannot be read: “%(text)s”."),
        "share_of_full_scale": _(
            "Sound holds shares of full scale. Give a unit and a factor if you know them."
        ),
        "no_rate": _("“%(where)s” has no sample rate."),
        "cut_annotations": _("The annotations break off at byte %(byte)s: %(where)s."),
        "events_cut": _("Only the first %(kept)s of %(found)s events are kept."),
        "doubts_cut": _("There are %(found)s doubts; the first %(kept)s are shown."),
    }
    said = sentences.get(doubt["code"], str(doubt["code"]))
    return (said % words).strip()


def _filled(args: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments; those that a sentence may name and a file did not give are empty."""
    names = ("byte", "lines", "expected", "found", "segments", "format", "most", "text", "version")
    filled: dict[str, Any] = dict.fromkeys(names, "")
    filled |= dict(args)
    filled["there"] = args.get("samples", args.get("records", ""))
    return filled
