"""End-to-end test of one mission, from an association's need to a published sheet."""

from explor.ground.audit.selectors import verify
from explor.ground.mail.models import Message

from . import chapters
from .chapters import Run
from .conftest import Scene
from .visitor import Visitor


def test_a_mission_goes_from_a_need_to_a_published_sheet(scene: Scene, run_jobs: Run) -> None:
    chapters.describe_a_project(scene)
    need = chapters.file_a_need(scene)
    chapters.declare_admissible(scene, need, run_jobs)
    chapters.decide_and_announce(scene, need, run_jobs)
    proposal = chapters.introduce(scene, need, run_jobs)
    chapters.say_yes(scene, proposal, run_jobs)
    mission = chapters.release_and_sign(scene, proposal, run_jobs)
    chapters.prepare(scene, mission)
    chapters.read_advice(scene, "J")
    chapters.clear(scene, mission)
    chapters.leave_and_come_back(scene, mission, run_jobs)
    report = chapters.report(scene, mission, run_jobs)
    address = chapters.close_and_publish(scene, mission)
    mission.refresh_from_db()
    assert (mission.state, report.state) == ("closed", "accepted")

    anyone = Visitor().read(address)
    assert anyone.sees("De l’eau pour Fenoarivo", "Six fontainières formées.", "--")
    assert not anyone.sees(scene.expert.person.name)
    seal = report.certificate.seal
    assert anyone.read(f"/verifier/{seal.code}/").sees("Former les fontainières")

    kinds = set(Message.objects.values_list("kind", flat=True))
    assert {
        "needs.submit",
        "admissibility.accept",
        "decisions.announce",
        "releases.open_release",
        "releases.conclude",
        "missions.clear",
        "reports.open_report",
        "reports.accept",
    } <= kinds
    assert list(verify()) == []
