"""Compile a plain Python function of numbers and arrays, keeping its types for the reader.

What is kept is thrown away when the file of a function changes, but not when that of a function
it calls does: after an edit of one kernel file, touch all of them (``touch kernel*.py``).
Without a writable place beside the files it is kept in the user's cache, and without that nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """The same function compiled at its first call and kept for the next run of the program.

    Under ``NUMBA_DISABLE_JIT=1`` it stays plain Python and gives the same answers slowly.
    """
    return _compiled(function, {})


def compiled_part(function: Function) -> Function:
    """The same for a function called by compiled ones only, which compiles in less time."""
    return _compiled(function, {"no_cpython_wrapper": True, "no_cfunc_wrapper": True})


def compiled_freely(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same for a function that makes arrays of its own."""
    return _kept(function, {})


def _compiled(function: Function, more: dict[str, bool]) -> Function:
    # The kernels make no arrays, so nobody need count who still uses one: seven times as fast.
    return _kept(function, {"_nrt": False, "error_model": "numpy", **more})


def _kept(function: Function, options: dict[str, Any]) -> Function:
    try:
        return cast(Function, njit(cache=True, **options)(function))
    except RuntimeError:  # there is no place to keep it
        return cast(Function, njit(**options)(function))
