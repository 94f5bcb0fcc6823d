"""Families of French words: the other words that a reader expects when searching for one.

A family is a set of endings after the same letters, or a list of words. An ending makes words that
may not exist: they find nothing. All are written without accents, in the singular.
"""

from functools import lru_cache

# The endings of a family, after the fewest letters that must come before, so that short words
# (« moteur », « motion ») stay apart.
ENDINGS = (
    (4, "age er ere eur euse oir oire"),
    (3, "ement er"),
    (4, "issement ir"),
    (4, "ation er ateur atrice atif ative"),
    (5, "ation er ant atoire e"),
    (5, "age er e"),
    (5, "ation aire"),
    (3, "ification ifier ificateur"),
    (4, "ution uer ueur uant"),
    (4, "iture ir"),
    (4, "tion tif tive teur trice"),
    (3, "uction uire ucteur uctrice uctif"),
    (4, "gation guer gue gateur gatrice"),
    (5, "ion ionnel ionnelle ionniste"),
    (5, "aire arite"),
    (3, "aire ariat"),
    (5, "at e"),
    (4, "ite itaire"),
    (3, "in inite"),
    (4, "ite el elle"),
    (2, "able abilite"),
    (4, "ible ibilite"),
    (3, "ile ilite"),
    (5, "ance ant"),
    (5, "ence ent"),
    (4, "rete re"),
    (4, "tre tral trale"),
    (4, "at atique"),
    (4, "ene enique"),
    (4, "ie ique iste"),
    (4, "ie ier"),
    (5, "te tier tiere"),
    (5, "ce cier ciere cer cement"),
    (4, "ique icien icienne icite"),
    (3, "isme iste istique"),
    (3, "rgie rgien rgienne rgical rgique rgetique"),
    (4, "acie acien acienne aceutique"),
    (2, "culture culteur cultrice cole"),
    (2, "logie logue logique logiste"),
    (3, "graphie graphe graphique graphier"),
    (3, "nomie nome nomique"),
    (3, "cratie crate cratique"),
    (4, "gogie gogue gogique"),
    (3, "theque thecaire"),
    (3, "ier iere erie"),
    (4, "er ere erie"),
    (3, "ure urier uriere"),
    (3, "an ane anne"),
    (3, "en enne"),
    (4, "eur euse"),
    (3, "if ive"),
    (3, "eux euse"),
    (4, "el elle"),
    (3, "ais aise"),
    (3, "ois oise"),
    (2, "ail aux"),
    (2, "au aux"),
    (1, "eu eux"),
    (2, "ou oux"),
    (1, "ieu ieux"),
)
# Families that no ending shows. Source: chosen for Explor from the words of its own project sheets.
FAMILIES = """
alimenter alimentation alimentaire
animal animalier animaliere
artisan artisane artisanal artisanale artisanat
association associatif associative
bail baux
blanc blanche
bon bonne
boulanger boulangerie
citoyen citoyenne citoyennete
commerce commercer commercial commerciale commercialiser commercialisation commercant commercante
compost compostage composter composteur
cooperer cooperation cooperatif cooperative
creer createur creatrice creation
cuire cuisson cuisine
cultiver culture cultivateur cultivatrice
dent dentiste dentaire
doux douce
ecole scolaire scolarite
electrique electricite electricien electricienne electrifier electrification
elever elevage eleveur eleveuse
enfant enfance
enseigner enseignant enseignante enseignement
eroder erosion
ferme fermier fermiere
fertile fertilite fertiliser fertilisation
finance financement financer financeur financier financiere
foret forestier forestiere foresterie
forer forage foreur foreuse
former formateur formatrice formation
frais fraiche
gerer gestion gestionnaire
gouverner gouvernance gouvernement gouverneur gouvernemental
hopital hospitalier hospitaliere
irriguer irrigation
jardin jardinage jardiner jardinier jardiniere
jeune jeunesse
lait laitier laitiere laiterie
lire lecture lecteur lectrice
long longue
macon maconne maconnerie
maraicher maraichere maraichage
menuisier menuisiere menuiserie
migrer migration migrant migrante migratoire
musique musicien musicienne musical musicale
nouveau nouvel nouvelle
parent parental parentale parentalite
peindre peinture peintre
pecher peche pecheur pecheuse pecherie
populaire popularite
pre prairie
prevenir prevention preventif preventive
public publique
riz riziculture riziere rizicole
sante sanitaire
sec seche secheresse
securite securiser securisation
soigner soignant soignante soin
solidaire solidarite
teindre teinture teinturier teinturiere
tisser tissage tisserand tisserande tisseur tisseuse
toit toiture
universite universitaire
vacciner vaccination vaccin
vendre vente vendeur vendeuse
veuf veuve
vieux vieil vieille
"""
# Words that share an ending with others and mean something else.
APART = frozenset(
    "ambulance ambulant chantage chantier collectif collection contrat couler couleur courage "
    "coureur format generateur generation important importance langage objectif objection ouvrage "
    "personnage populaire positif position publicite relatif relation sauvage universite".split()
)


@lru_cache(maxsize=1 << 14)
def variants(word: str) -> tuple[str, ...]:
    """Return a folded word, then the other words of its family; plurals are left to the stems."""
    single = singular(word)
    others: list[str] = [single, *_families().get(single, ())]
    others += [
        root + each
        for form in dict.fromkeys((single, word))
        if form not in APART
        for least, endings, root in _roots(form)
        for each in endings
        if len(root) >= least and root + each not in APART
    ]
    if single.endswith("ee") and len(single) > 4:
        others.append(single[:-1])
    return tuple(dict.fromkeys([word, *others]))


def numbers(word: str) -> tuple[str, ...]:
    """Return a folded word, then the forms that only another number gives it."""
    single = singular(word)
    ends = single.endswith(("eau", "ou", "ieu"))
    return tuple(dict.fromkeys([word, single, f"{single}{'x' if ends else 's'}"]))


def singular(word: str) -> str:
    """Return a folded word without the ending of its plural."""
    if len(word) > 4 and word.endswith(("eaux", "oux", "ieux")):
        return word[:-1]
    return word[:-1] if word.endswith("s") and len(word) > 4 else word


def _roots(word: str) -> list[tuple[int, tuple[str, ...], str]]:
    """Return each set of endings that a word has one of, with the letters before it."""
    return [
        (least, endings, word[: -len(ending)])
        for least, endings in _endings()
        for ending in endings
        if word.endswith(ending) and (ending != "e" or word[-2:] != "ee")
    ]


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[int, tuple[str, ...]], ...]:
    return tuple((least, tuple(line.split())) for least, line in ENDINGS)


@lru_cache(maxsize=1)
def _families() -> dict[str, list[str]]:
    lines = (line.split() for line in FAMILIES.strip().splitlines())
    return {word: line for line in lines for word in line}
