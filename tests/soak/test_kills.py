"""Processes killed at any moment: an action is all or nothing, and no message is lost."""

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

import pytest
from django.db.models import Count

from explor.engines.french.typography import bind_marks
from explor.ground.audit.models import Entry
from explor.ground.audit.selectors import verify
from explor.ground.mail.models import Delivery, Message
from explor.journey.needs.models import Need
from explor.site.administration.actions import take_up_stalled_jobs
from factories import MemberFactory, NeedFactory, OfficerFactory
from support.killable import ACTS
from support.killing import KillableProcesses, Mailbox, await_end, killable_processes
from support.soak import length

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]

# How many messages an act sends, for an association of one member and a network of one officer.
MAILS = {"submit": 2, "withdraw": 2, "accept": 1, "reject": 1, "request_changes": 1}
KINDS = {
    "needs.submit": "submit", "needs.withdraw": "withdraw", "admissibility.accept": "accept",
    "admissibility.reject": "reject", "admissibility.request_changes": "request_changes",
}  # fmt: skip


@pytest.fixture(scope="module")
def started(django_db_setup: None) -> Iterator[tuple[KillableProcesses, Mailbox]]:
    """Return what starts processes: it loads Django once for these tests."""
    with killable_processes() as made:
        yield made


@pytest.fixture
def processes(
    started: tuple[KillableProcesses, Mailbox], transactional_db: None
) -> tuple[KillableProcesses, Mailbox]:
    """Return what starts processes on the database of the test, where one need is a draft."""
    started[1].received.clear()
    need = NeedFactory(call__questions=[], call__needs_per_association=30_000)
    MemberFactory(organisation=need.association)
    OfficerFactory(network=need.network)
    return started


def half_done() -> list[str]:
    """Return the needs whose state, version, journal and messages do not say the same acts."""
    entries = defaultdict(list)
    for line in Entry.objects.filter(kind="needs.need").order_by("rank"):
        entries[line.subject].append(line)
    sent: defaultdict[int, Counter[str]] = defaultdict(Counter)
    counted = Message.objects.values_list("about", "kind").annotate(count=Count("pk"))
    for about, kind, count in counted.order_by():
        sent[int(about.partition(":")[2])][KINDS[kind]] += count
    faults = []
    for need in Need.objects.order_by("pk"):
        lines = entries[need.pk]
        state = lines[-1].target if lines else "draft"
        announced = Counter({line.verb: MAILS[line.verb] for line in lines})
        if (need.state, need.version, sent[need.pk]) != (state, len(lines), announced):
            faults.append(f"{need.pk} {need.state} {need.version} {sent[need.pk]} {announced}")
    return faults


def faults_of_mail(mailbox: Mailbox) -> list[str]:
    """Return the messages not sent, lost, unknown, or whose second sending says something else."""
    kept = set(Message.objects.values_list("message_id", flat=True))
    waiting = Message.objects.exclude(delivery=Delivery.SENT).values_list("message_id", flat=True)
    faults = [f"not sent: {each}" for each in waiting]
    faults += [f"unknown: {each}" for each in mailbox.received.keys() - kept]
    texts = "\n".join(text for each in mailbox.received.values() for text in each)
    for message in Message.objects.order_by("pk"):
        grouped = bind_marks(message.subject) in texts
        if not grouped and message.message_id not in mailbox.received:
            faults.append(f"lost: {message.message_id}")
    return faults + [
        f"other words: {key}" for key, said in mailbox.received.items() if len({*said}) > 1
    ]


@pytest.mark.parametrize(("moment", "done"), [("before_commit", 0), ("after_commit", 1)])
def test_an_action_killed_around_its_commit_is_done_completely_or_not_at_all(
    processes: tuple[KillableProcesses, Mailbox], moment: str, done: int
) -> None:
    start, mailbox = processes[0].start, processes[1]
    for verb in ACTS:
        acts = Entry.objects.filter(verb=verb)
        before = acts.count()
        await_end(start(verb, moment))
        assert acts.all().count() - before == done
        assert half_done() == []
    await_end(start("send_all"))
    assert faults_of_mail(mailbox) == []


def test_a_message_whose_sending_process_is_killed_is_sent_again_with_the_same_identifier(
    processes: tuple[KillableProcesses, Mailbox],
) -> None:
    start, mailbox = processes[0].start, processes[1]
    await_end(start("accept", "after_commit"))
    urgent = Message.objects.filter(urgent=True)
    for _ in range(2):
        await_end(start("send", "after_250"))
        assert take_up_stalled_jobs() == 1
    assert (urgent.filter(delivery=Delivery.SENT).count(), len(mailbox.received)) == (0, 1)
    await_end(start("send_all"))
    assert [len(said) for said in mailbox.received.values()] == [3, 1, 1]
    assert faults_of_mail(mailbox) == []


def test_actions_and_messages_survive_processes_killed_at_random(
    processes: tuple[KillableProcesses, Mailbox], record_property: Callable[[str, object], None]
) -> None:
    start, mailbox = processes[0].start, processes[1]
    dice, kills = random.Random(20261130), length(6, 1000)
    for _ in range(kills // 2):
        pair = [start("act"), start("send")]
        for process in dice.sample(pair, 2):
            time.sleep(dice.uniform(0.02, 0.5))
            process.kill()
        for process in pair:
            await_end(process)
        take_up_stalled_jobs()
    await_end(start("accept", "after_commit"))  # at least one act, on a machine however busy
    await_end(start("send_all"))
    assert half_done() == []
    assert faults_of_mail(mailbox) == []
    assert list(verify()) == []
    acts, mails = Entry.objects.filter(kind="needs.need").count(), Message.objects.count()
    again = sum(len(said) - 1 for said in mailbox.received.values())
    record_property(
        "figure",
        f"{kills} kills -9, {acts} acts: 0 half done; {mails} messages: 0 lost, 0 unknown,"
        f" {again} sent again with their first Message-ID",
    )
