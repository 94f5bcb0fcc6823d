from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "explor.journey.budgets"
    label = "budgets"
    verbose_name = "Budgets"
