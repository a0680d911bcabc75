"""An edition's budget: its lines, who bears which share, and what was planned, committed, paid."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person
from karvan.foundation.texts import in_language

from .editions import Edition, EditionPartner


class BudgetLine(models.Model):
    """One line of an edition's budget: the blueprint's, or one of the country's own.

    ``quantity`` counts what the line's ``basis`` says (participants, days, teams …);
    the plan of the line is its entries of the kind "planned".
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="budget_lines")
    code = models.CharField(_("code"), max_length=24)
    titles = models.JSONField(_("title"))
    basis = models.CharField(_("counted"), max_length=20)
    position = models.PositiveSmallIntegerField(default=0)
    is_own = models.BooleanField(_("the country's own"), default=False)

    class Meta:
        ordering = ["edition_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(name="one_budget_line_a_code", fields=["edition", "code"])
        ]

    def __str__(self) -> str:
        return in_language(self.titles)

    @property
    def scope(self) -> str:
        return self.edition.scope


class BudgetShare(models.Model):
    """Which partner bears how much of a line, in hundredths of a per cent (10,000 is all of it)."""

    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="shares")
    partner = models.ForeignKey(EditionPartner, models.PROTECT, related_name="budget_shares")
    part = models.PositiveSmallIntegerField(_("share"))
    in_kind = models.BooleanField(_("in kind"), default=False)

    class Meta:
        ordering = ["line_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_partner_bears_a_line_once", fields=["line", "partner", "in_kind"]
            ),
            models.CheckConstraint(
                name="share_is_at_most_the_whole", condition=Q(part__gte=1) & Q(part__lte=10_000)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner} {self.part / 100:g} %"

    @property
    def fraction(self) -> Decimal:
        """The share of 1."""
        return Decimal(self.part) / 10_000

    @property
    def digits(self) -> int:
        """How many decimals its per cent need: 0 for 40 %, 2 for 33.33 %."""
        return 0 if self.part % 100 == 0 else 2


class BudgetEntry(models.Model):
    """An amount planned, committed or paid on a line, with the rate of its date. Never changed.

    ``rate`` is how many units of the programme's currency one unit of ``currency`` was worth
    on ``rate_on``; None is not known, and then the amount is in no total of the programme's
    currency. A correction is a second entry that ``corrects`` the first, which then counts no
    more.
    """

    class Kind(models.TextChoices):
        PLANNED = "planned", _("Planned")
        COMMITTED = "committed", _("Committed")
        PAID = "paid", _("Paid")

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="entries")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    partner = models.ForeignKey(
        EditionPartner, models.PROTECT, null=True, blank=True, related_name="budget_entries"
    )
    quantity = models.DecimalField(_("quantity"), max_digits=10, decimal_places=2, null=True)
    unit_cost = models.DecimalField(_("cost of one"), max_digits=12, decimal_places=2, null=True)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    rate = models.DecimalField(_("rate"), max_digits=16, decimal_places=8, null=True)
    rate_on = models.DateField(_("rate of"), null=True)
    rate_source = models.CharField(_("where the rate comes from"), max_length=200, blank=True)
    on = models.DateField(_("date"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["line_id", "on", "pk"]
        verbose_name_plural = "budget entries"
        constraints = [
            models.CheckConstraint(
                name="budget_entry_kind_is_known",
                condition=Q(kind__in=["planned", "committed", "paid"]),
            ),
            models.CheckConstraint(name="budget_entry_is_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="budget_entry_has_a_currency", condition=Q(currency__regex=r"^[A-Z]{3}$")
            ),
            models.CheckConstraint(
                name="rate_has_its_date",
                condition=Q(rate__isnull=True, rate_on__isnull=True)
                | Q(rate__gt=0, rate_on__isnull=False),
            ),
            models.CheckConstraint(
                name="budget_entry_does_not_correct_itself",
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
