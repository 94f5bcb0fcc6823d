"""Families of French words: the other words that a reader expects when searching for one.

A family is a set of endings after the same letters, or a list of words. An ending makes words that
may not exist: they find nothing. All are written without accents, in the singular.
"""

from functools import lru_cache

from . import endings

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
nouveau nouvel nouvelle nouveaute
beau bel belle beaute
jumeau jumelle jumeler jumelage
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
# Families of irregular verbs and nouns. Source: tables of conjugation, and the Latin stems that
# French grammars give.
FAMILIES += """
acheter achat acheteur acheteuse
agir action
coder codage codeur codeuse
curer curage
doser dosage
fumer fumage fumoir
laver lavage laveur laveuse lavoir laverie
paver pavage paveur
air aerien aerienne
appuyer appui
art artiste artistique
annee annuel annuelle
apprendre apprentissage apprenti apprentie
attendre attente
boire boisson buvable
comprendre comprehension
coordonner coordination coordinateur coordinatrice coordonnateur coordonnatrice
couvrir couverture couvreur couvreuse
courir course coureur coureuse
croire croyance croyant croyante
descendre descente
ecrire ecriture ecrivain ecrivaine
elire election electeur electrice electoral electorale elu elue
employer emploi employeur employeuse employe employee
envoyer envoi
essayer essai
eteindre extinction extincteur
etendre extension
fleur floral florale fleuriste fleurir floriculture
fondre fonderie fonte
frere fraternel fraternelle fraternite
jour journee journalier journaliere
jouer jeu joueur joueuse jouet ludique ludotheque
joindre jonction
loi legal legale legalite
marin marine maritime
mere maternel maternelle maternite
mois mensuel mensuelle
mont montagne montagnard montagnarde
mourir mort mortel mortelle mortalite
moudre moulin mouture meunier meuniere
mouvoir mouvement
naitre naissance natal natale natalite
nuire nuisance nuisible
gros grosse grossir grosseur
bas basse
gras grasse graisse
epais epaisse epaisseur
precis precise preciser precision
repos reposer
port portuaire
soir soiree
nuit nocturne
ouvrir ouverture
pere paternel paternelle paternite
perdre perte
peuple population populaire
promouvoir promotion promoteur promotrice
proteger protection protecteur protectrice
rediger redaction redacteur redactrice
repondre reponse
satisfaire satisfaction
sel saler salin saline salinite
semer semis semence semoir semencier
soleil solaire ensoleillement
suivre suivi
terre terrestre terrien terrienne
tondre tonte tondeuse
tordre torsion
eolien eolienne
vetir vetement vestimentaire
vivre vie vivant vivante vital vitale
voir vue vision visuel visuelle
"""
# Endings that another one, of other words, ends with.
LONGER = {"e": "ee", "ir": "oir"}
# Endings after which no other is put in place of « e » or of none: « formation », « musique ».
COMPLETE = tuple(
    "ion eur if er ir al el ique able ible isme iste ance ence aire euse trice elle enne logie "
    "esse iere".split()
)
NEVER_LAST = "aeiouysxz"  # letters that no word without an ending ends with
# Words that share an ending with others and mean something else.
APART = frozenset(
    "ambulance ambulant barriere bouclier capture carriere chaleur chantage chantier chapelle "
    "collectif collection collier collision commun composite contrat couler couleur courage "
    "coureur direct facteur facture faillite format frontiere generateur generation gravier image "
    "importance important instance instant langage menage message mortier objectif objection "
    "ouvrage patience patient personnage polit potage pompier populaire positif position posture "
    "poussiere procedure publicite qualite quartier relatif relation rivage sauvage tablier "
    "terreur tonnelle universite village visage voyage".split()
)


@lru_cache(maxsize=1 << 14)
def variants(word: str) -> tuple[str, ...]:
    """Return a folded word, then the other words of its family; plurals are left to the stems."""
    single = singular(word)
    others = [single]
    for form in dict.fromkeys((single, word)):
        others += _families().get(form, ())
        others += _exchanged(form, endings.GENDERS)
        if form not in APART:
            others += [each for each in _exchanged(form, endings.FAMILIES) if each not in APART]
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


def _exchanged(word: str, sets: endings.Sets) -> list[str]:
    """Return what a word becomes when its ending is exchanged for the others of each set."""
    return [
        root + each
        for least, group in sets
        for ending in group
        if _ends(word, ending) and len(root := word.removesuffix(ending)) >= least
        for each in group
        if each or root[-1] not in NEVER_LAST
    ]


def _ends(word: str, ending: str) -> bool:
    """Tell whether a word has an ending; none at all only follows a consonant."""
    if ending in ("", "e") and word.endswith(COMPLETE):
        return False
    if not ending:
        return word[-1] not in NEVER_LAST
    if ending in LONGER:
        return word.endswith(ending) and not word.endswith(LONGER[ending])
    return word.endswith(ending)


@lru_cache(maxsize=1)
def _families() -> dict[str, list[str]]:
    """Return the words of the lists, each with those of every list that has it."""
    result: dict[str, list[str]] = {}
    for line in FAMILIES.strip().splitlines():
        for word in line.split():
            result.setdefault(word, []).extend(line.split())
    return result
