"""`explor key`: create, renew and describe the key that signs the documents issued."""

from argparse import Namespace
from typing import Any

from . import framework
from .failure import Failure


def declare(commands: Any) -> None:
    parser = commands.add_parser("key", help="créer ou décrire la clé qui signe les documents")
    verbs = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    create = verbs.add_parser("create", help="créer une clé et son certificat autosigné")
    create.add_argument(
        "--replace", action="store_true", help="renouveler : mettre de côté la clé présente"
    )
    create.set_defaults(run=run_create)
    show = verbs.add_parser("show", help="dire où est la clé, à qui elle est, jusqu’à quand")
    show.add_argument("--pem", action="store_true", help="écrire le certificat seul, à donner")
    show.set_defaults(run=run_show)


def run_create(args: Namespace) -> int:
    framework.load()
    from explor.ground.files.engine import keys

    path = keys.key_path()
    if path.suffix.lower() in keys.PKCS12:
        raise Failure(f"{path} : Explor crée des clés en PEM ; donnez un nom en .pem")
    try:
        former = keys.set_aside() if args.replace else None
        keys.create_key()
    except FileExistsError as fault:
        raise Failure(f"{path} existe. Pour renouveler : explor key create --replace") from fault
    except OSError as fault:
        raise Failure(f"{path} ne s’écrit pas ({fault.strerror}).") from fault
    if former:
        print(f"Ancienne clé mise de côté : {former}. Elle ne sert plus ; détruisez-la.")
    describe()
    print("Gardez une copie de ce fichier à part : il n’est pas dans les sauvegardes.")
    return 0


def run_show(args: Namespace) -> int:
    framework.load()
    from explor.ground.files.engine import keys

    if args.pem:
        try:
            print(keys.load_key().pem, end="")
        except keys.SealKeyError as fault:
            raise Failure(f"La clé manque : {fault}.") from fault
        return 0
    describe()
    return 0


def describe() -> None:
    """Print where the key is, its certificate and how long it is valid, without the key itself.

    Raises:
        Failure: the key is missing or cannot be read.
    """
    from explor.ground.files.engine import keys
    from explor.site.administration.selectors.checks import seal_key

    try:
        key = keys.load_key()
    except keys.SealKeyError as fault:
        raise Failure(f"La clé manque : {fault}. Pour la créer : explor key create") from fault
    issuer = "lui-même" if key.is_self_signed else key.certificate.issuer.rfc4514_string()
    print(f"Fichier      {keys.key_path()}")
    print(f"Clé          {key.kind}")
    print(f"Certificat   {key.certificate.subject.rfc4514_string()}, émis par {issuer}")
    print(
        f"Valable      du {key.certificate.not_valid_before_utc:%d/%m/%Y} "
        f"au {key.expires_at:%d/%m/%Y}"
    )
    print(f"Empreinte    {key.fingerprint} (SHA-256)")
    finding = seal_key()
    if not finding.fine:
        print(f"À corriger   {finding.observed} -> {finding.fix}")
