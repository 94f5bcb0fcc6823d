from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "explor.ground.workflow"
    label = "workflow"
    verbose_name = "Gestes et confirmations"
