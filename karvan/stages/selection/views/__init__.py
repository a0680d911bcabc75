"""Screens of selection."""

from .answering import offer

__all__ = ["offer"]
