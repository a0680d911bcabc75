"""Which rules a model posts, and under which literal each of them can be taken back."""

from __future__ import annotations

from ortools.sat.python import cp_model, cp_model_helper

from .answer import Clash, ClashKind

Literal = cp_model.IntVar
Either = cp_model_helper.Literal


class Posted:
    """The rules of one model.

    rules:   the rules to post; None posts every rule.
    guarded: each rule gets a literal of its own, to be assumed; otherwise it simply holds.
    """

    def __init__(
        self, cp: cp_model.CpModel, *, rules: frozenset[Clash] | None, guarded: bool
    ) -> None:
        self.cp = cp
        self.true: Literal = cp.new_constant(1)
        self.guarded = guarded
        self.guards: dict[Clash, Literal] = {}
        self._rules = rules
        self._joint: dict[frozenset[int], Literal] = {}

    def literal(self, kind: ClashKind, *keys: str) -> Literal | None:
        """The literal under which this rule holds, or None when it is not to be posted."""
        rule = Clash(kind, keys)
        if self._rules is not None and rule not in self._rules:
            return None
        if not self.guarded:
            return self.true
        if rule not in self.guards:
            self.guards[rule] = self.cp.new_bool_var(f"rule {kind} {' '.join(keys)}")
        return self.guards[rule]

    def all_of(self, *literals: Literal) -> Literal:
        """A literal that is true exactly when all of these are."""
        real = {lit.index: lit for lit in literals if lit.index != self.true.index}
        if len(real) < 2:
            return next(iter(real.values()), self.true)
        name = frozenset(real)
        if name not in self._joint:
            both = self.cp.new_bool_var("")
            for lit in real.values():
                self.cp.add_implication(both, lit)
            self.cp.add_bool_or([both, *(~lit for lit in real.values())])
            self._joint[name] = both
        return self._joint[name]

    def when(self, constraint: cp_model.Constraint, *literals: Either) -> None:
        """Let the constraint hold only where all these literals are true."""
        real = [lit for lit in literals if lit.index != self.true.index]
        if real:
            constraint.only_enforce_if(*real)
