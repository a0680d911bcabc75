"""Compile a plain Python function of numbers and arrays, keeping its types for the reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """The same function compiled at its first call and kept for the next run of the program.

    Under ``NUMBA_DISABLE_JIT=1`` it stays plain Python and gives the same answers slowly.
    """
    return cast(Function, njit(cache=True, _nrt=False, error_model="numpy")(function))
