from django.apps import AppConfig


class LeaveReadingsConfig(AppConfig):
    name = "explor.journey.leave_readings"
    label = "leave_readings"
    verbose_name = "Lectures des cadres de départ"
