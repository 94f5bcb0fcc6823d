"""`explor journal`: verify the journal, prove an entry, export its head, create its key."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from . import framework
from .failure import Failure


def declare(commands: Any) -> None:
    parser = commands.add_parser("journal", help="vérifier le journal, en prouver une ligne")
    verbs = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    verify = verbs.add_parser("verify", help="relire les lignes, les blocs et les repères")
    verify.add_argument("--since", type=int, default=1, metavar="BLOC", help="à partir d’un bloc")
    verify.add_argument(
        "--head", metavar="FICHIER|LIGNE", help="comparer à des repères gardés ailleurs"
    )
    verify.add_argument(
        "--proof", metavar="FICHIER", help="vérifier une preuve seule, sans base de données"
    )
    verify.set_defaults(run=run)
    prove = verbs.add_parser("prove", help="écrire la preuve qu’une ligne est dans un bloc")
    prove.add_argument("entry", metavar="LIGNE", type=int)
    prove.set_defaults(run=run_prove)
    head = verbs.add_parser("head", help="sceller ce qui attend, écrire le repère du jour")
    head.set_defaults(run=run_head)
    key = verbs.add_parser("key", help="créer la clé qui scelle le journal, ou la décrire")
    key.add_argument("--replace", action="store_true", help="mettre de côté la clé présente")
    key.set_defaults(run=run_key)


def run(args: Namespace) -> int:
    if args.proof:
        return _check_proof(Path(args.proof))
    with framework.database():
        from explor.ground.audit.models import Entry
        from explor.ground.audit.selectors import last_block, verify
        from explor.ground.ui.amounts import counted

        count = 0
        for fault in verify(since=args.since, outside=_heads(args.head)):
            count += 1
            print(fault)
        if not count:
            block = last_block()
            sealed = "aucun bloc"
            if block:
                sealed = f"{block.last} scellées en {counted(block.number, 'bloc')}"
            print(f"Journal intact : {Entry.objects.count()} lignes ({sealed}).")
    return 1 if count else 0


def _heads(given: str | None) -> list[Any]:
    """Return the heads (checkpoints) in a text or in the file that it names; [] for None.

    Raises:
        Failure: it contains no head.
    """
    from explor.ground.audit.rules.blocks import heads_in

    if not given:
        return []
    if heads := heads_in(given):
        return heads
    if heads := heads_in(_text_of(Path(given))):
        return heads
    raise Failure(f"« {given} » ne contient aucun repère.", 2)


def _text_of(path: Path) -> str:
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError) as fault:
        raise Failure(f"« {path} » ne se lit pas.", 2) from fault


def _check_proof(path: Path) -> int:
    framework.load()
    from explor.ground.audit.selectors.proofs import faults_of_proof

    text = _text_of(path)
    faults = faults_of_proof(text)
    for fault in faults:
        print(fault)
    if not faults:
        proof = json.loads(text)
        block = proof["block"]
        print(
            f"Preuve juste : l’empreinte {proof['digest']} est à la place {proof['index']} du bloc "
            f"{block['number']}, scellé le {block['sealed_at']}."
        )
    return 1 if faults else 0


def run_prove(args: Namespace) -> int:
    with framework.database():
        from explor.ground.audit.models import Entry
        from explor.ground.audit.selectors.proofs import proof_of

        entry = Entry.objects.filter(pk=args.entry).first()
        if entry is None:
            raise Failure(f"aucune ligne n’a le numéro {args.entry}.", 2)
        proof = proof_of(entry)
    if proof is None:
        raise Failure("Cette ligne n’est pas encore dans un bloc : recommencez dans une minute.")
    print(json.dumps(proof, indent=1))
    return 0


def run_head(args: Namespace) -> int:
    with framework.database():
        from explor.ground.audit.actions.heads import keep_head
        from explor.ground.audit.engine.keys import JournalKeyError
        from explor.ground.audit.rules.blocks import line_of

        try:
            head = keep_head()
        except JournalKeyError as fault:
            raise Failure(f"La clé du journal manque : {fault}.") from fault
    print(line_of(head) if head else "Rien n’est encore scellé.")
    return 0


def run_key(args: Namespace) -> int:
    framework.load()
    from explor.ground.audit.engine import keys

    path = keys.key_path()
    try:
        former = keys.set_aside() if args.replace else None
        if not path.exists():
            keys.create_key()
        public = keys.public_of(keys.load_key())
    except (OSError, keys.JournalKeyError) as fault:
        raise Failure(f"La clé du journal ne se crée pas : {fault}.") from fault
    if former:
        print(f"Ancienne clé mise de côté : {former}. Elle ne scelle plus ; détruisez-la.")
    print(f"Clé privée    {path} (pour explor worker seul)")
    print(f"Clés publiques {keys.public_path()} (pour les pages aussi)")
    print(f"Clé publique  {public}")
    return 0
