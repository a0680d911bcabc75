"""Persons, parties and who may do what where."""
