from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "karvan.stages.reports"
    label = "reports"

    def ready(self) -> None:
        """Promises are judged by what the register shows, wherever they are listed."""
        from karvan.stages.agreements.standing import judge_by  # noqa: PLC0415 - after the models

        from .queries.judging import judge  # noqa: PLC0415

        judge_by(judge)
