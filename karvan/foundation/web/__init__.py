"""Requests, health, error pages, account pages."""
