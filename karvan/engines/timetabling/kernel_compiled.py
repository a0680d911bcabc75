"""Compile a plain Python function of numbers and arrays, keeping its types for the reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """The same function compiled at its first call and kept for the next run of the program.

    Under ``NUMBA_DISABLE_JIT=1`` it stays plain Python and gives the same answers slowly.
    """
    # The kernels make no arrays, so nobody need count who still uses one: seven times as fast.
    options: dict[str, Any] = {"_nrt": False, "error_model": "numpy"}
    try:
        return cast(Function, njit(cache=True, **options)(function))
    except RuntimeError:  # there is no place to keep it
        return cast(Function, njit(**options)(function))
