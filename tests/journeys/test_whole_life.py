"""One mission, from an association's need to a published sheet."""

from . import chapters
from .chapters import Run
from .conftest import Scene


def test_from_a_need_to_the_three_yes(scene: Scene, run_jobs: Run) -> None:
    chapters.describe_a_project(scene)
    need = chapters.file_a_need(scene)
    chapters.declare_admissible(scene, need, run_jobs)
    chapters.decide_and_announce(scene, need, run_jobs)
    introduction = chapters.introduce(scene, need, run_jobs)
    chapters.say_yes(scene, introduction, run_jobs)
