"""The other words of the family of a French word, and the words that are not."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explor.engines.french.families import numbers, variants
from explor.engines.french.irregular import FAMILIES, STRANGERS


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("maraichage", "maraicher"),
        ("maraichers", "maraichage"),
        ("formatrices", "formation"),
        ("educateurs", "educatrice"),
        ("education", "educateur"),
        ("solidaires", "solidarite"),
        ("infirmieres", "infirmier"),
        ("agriculteur", "agriculture"),
        ("durabilite", "durable"),
        ("mecaniciennes", "mecanique"),
        ("elevages", "eleveur"),
        ("irriguer", "irrigation"),
        ("logement", "loger"),
        ("prevenir", "preventif"),
        ("apicole", "apiculteur"),
        ("touristes", "tourisme"),
        ("chirurgical", "chirurgien"),
        ("geologue", "geologie"),
        ("volontariat", "volontaire"),
        ("desertifier", "desertification"),
        ("paysanne", "paysan"),
        ("senegalais", "senegalaise"),
        ("travaux", "travail"),
        ("chou", "choux"),
        ("inscription", "inscrire"),
        ("exposer", "exposition"),
        ("reinsertion", "reinserer"),
        ("protecteur", "protection"),
        ("acquerir", "acquisition"),
        ("entretenir", "entretien"),
        ("deploiement", "deployer"),
        ("evoluer", "evolution"),
        ("editeur", "editrice"),
        ("laicite", "laique"),
        ("simple", "simplicite"),
        ("diversite", "diversifier"),
        ("localite", "localiser"),
        ("syndicat", "syndical"),
        ("savonnerie", "savon"),
        ("jardiniere", "jardin"),
        ("outillage", "outil"),
        ("chapelier", "chapeau"),
        ("desert", "desertique"),
        ("departemental", "departement"),
        ("mexicain", "mexique"),
        ("gabonais", "gabon"),
        ("controleur", "controle"),
        ("urgente", "urgence"),
        ("ouverture", "ouvrir"),
        ("collective", "collectif"),
        ("livraison", "livrer"),
        ("guerir", "guerison"),
        ("nageur", "nager"),
        ("couteux", "cout"),
        ("vicieux", "vice"),
        ("nautisme", "nautique"),
        ("enquete", "enqueteur"),
        ("concurrence", "concurrentiel"),
        # -eur and its Latin stems
        ("ambassadeur", "ambassadrice"),
        ("rigueur", "rigoureux"),
        ("douleur", "douloureux"),
        ("couleur", "coloration"),
        ("valeur", "valoriser"),
        ("tuteur", "tutorat"),
        ("collecteur", "collectrice"),
        # consonants doubled or not, c and qu, g and gu
        ("etiquetage", "etiquette"),
        ("carreau", "carreleur"),
        ("fer", "ferreux"),
        ("gaz", "gazeux"),
        ("metal", "metallique"),
        ("robinet", "robinetterie"),
        ("pratiquer", "praticien"),
        ("lexique", "lexical"),
        ("blog", "blogueur"),
        ("nerf", "nerveux"),
        ("selle", "sellier"),
        # verbs of the third group
        ("soutenir", "soutien"),
        ("vendre", "vente"),
        ("conduire", "conducteur"),
        ("prevoir", "prevision"),
        ("secours", "secourir"),
        ("adherer", "adhesion"),
        ("plainte", "plaignant"),
        ("location", "louer"),
        ("depot", "deposer"),
        ("payer", "paie"),
        # qualities, adverbs, verbs made with a prefix
        ("rapide", "rapidement"),
        ("froid", "froideur"),
        ("urbain", "urbanisme"),
        ("riche", "enrichir"),
        ("elargissement", "large"),
        ("dette", "endettement"),
        ("sobriete", "sobre"),
        ("capable", "capacite"),
        ("rare", "rarete"),
        # any two suffixes of a long word
        ("plantation", "planteur"),
        ("accorder", "accordage"),
        ("comptable", "comptabilite"),
        ("communautaire", "communaute"),
        ("expert", "expertise"),
        ("diabete", "diabetique"),
        ("synthese", "synthetique"),
        ("poesie", "poetique"),
        ("memoire", "memoriel"),
        ("banane", "bananeraie"),
        ("cacao", "cacaoyer"),
        ("musee", "museographie"),
        ("publication", "publier"),
        ("rugby", "rugbyman"),
        ("theologie", "theologien"),
        ("continu", "continuite"),
        ("bambou", "bambous"),
        ("aube", "aubois"),
        ("albanie", "albanais"),
        # lists
        ("thorax", "thoracique"),
        ("ile", "insulaire"),
        ("coupable", "culpabilite"),
    ],
)
def test_a_word_is_searched_with_its_family(word: str, other: str) -> None:
    assert other in variants(word)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("moteur", "motion"),
        ("potage", "poter"),
        ("sauvage", "sauver"),
        ("chantier", "chante"),
        ("chante", "chantier"),
        ("culte", "culture"),
        ("visage", "viser"),
        ("etablir", "table"),
        ("general", "generation"),
        ("propriete", "propre"),
        ("savoir", "savoiment"),
        ("village", "viller"),
        ("diversite", "divers"),
        ("politique", "polir"),
        ("posture", "poster"),
        ("cantine", "canton"),
    ],
)
def test_short_words_that_share_an_ending_stay_apart(word: str, other: str) -> None:
    assert other not in variants(word)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("chefs", ("chefs", "chef")),
        ("lieu", ("lieu", "lieux")),
        ("lieux", ("lieux", "lieu")),
        ("ville", ("ville", "villes")),
    ],
)
def test_the_numbers_of_a_word_are_its_singular_and_its_plural(
    word: str, forms: tuple[str, ...]
) -> None:
    assert set(forms) <= set(numbers(word))


def test_a_word_of_a_family_finds_the_word_that_finds_it() -> None:
    for line in FAMILIES.strip().splitlines():
        for word, other in itertools.permutations(line.split(), 2):
            assert other in variants(word)


def test_strangers_do_not_find_each_other() -> None:
    for line in STRANGERS.strip().splitlines():
        sides = [side.split() for side in line.split("|")]
        for side, others in itertools.permutations(sides, 2):
            for word, other in itertools.product(side, others):
                assert other not in variants(word)


@given(word=st.text("aceilnorstu", min_size=1, max_size=14))
def test_a_word_is_its_own_first_variant_and_has_few(word: str) -> None:
    every = variants(word)
    assert every[0] == word
    assert len(set(every)) == len(every) <= 260
    assert all(every)
