"""Endings of the families of French words: what follows the letters that they share.

Each line is a set of endings that one word of a family may exchange for another, after the fewest
letters that must come before: short words (« moteur », « motion ») stay apart. All are folded and
in the singular. "." is no ending, after a consonant. Source: the suffixes of French grammars, and
the stems that verbs take before them (« inscrire », « inscription »).
"""

# A noun from a verb, its verb, and who or what does it.
_VERBS = """
3 age er
3 aison er ateur
3 ison ir isseur
2 ger geur geuse gement
3 e er eron
4 age er ere eur euse oir oire
3 ement er
4 er ure
4 ature er ataire
5 ade er
4 ation er ateur atrice ative atif
5 ation er ant ante atoire e
5 age er e
5 er ataire
5 . er age eur euse
6 . e er
4 ance ant ante er
5 ance ant ante re
2 ttage ttre tteur tteuse ttement
3 ndage ndre ndeur ndeuse
4 issement ir issage isseur isseuse issant issante issance iture
3 iment ir
5 ition ir
3 cation quer cateur catrice catif cant cante
2 c quer quage cage
3 gation guer gue gateur gatrice
3 que quer quage queur quant
4 ution uer ueur uant utif
4 tion ter teur trice tif tive tivite
4 er ee
4 ing er eur euse
4 sion ser seur sif sive
4 ssion sser ssif ssive
3 ertion erer
2 position poser
2 mission mettre metteur
2 pression primer
2 vention venir ventif ventive
3 tention tenir tien tenance teneur
2 version vertir
2 cription crire crit
2 ception cevoir cepteur ceptrice
3 ection iger ecteur ectrice ectif
3 action iger acteur actrice
2 quisition querir quereur
3 clusion clure clusif clusive
3 ruption rompre
2 monstration montrer monstrateur monstratrice
3 prise preneur preneuse prendre preneuriat
3 ension endre ense enseur ensif
3 cision cider cisif
3 uction uire ucteur uctrice uctif
4 duite duire
3 aissance aitre
3 oissance oitre
3 oiement oyer oyeur
2 aiement ayer ayeur
3 ification ifier ificateur
3 ail ailler ailleur ailleuse aillage
2 il iller illage illeur
3 eil eiller eillere eillement
2 ueil ueillir ueillant
"""
# A noun or an adjective from a noun, and the trade or the place that goes with it.
_NOUNS = """
3 on onnier onniere onnerie onnage onner onneur
5 ion ionnel ionnelle ionniste ionner ionnaire ionnement
4 e ier iere erie
5 . ier iere erie
5 te tier tiere terie
4 i iter iteur
4 o oter
2 ou outier outiere outerie
3 au auterie
2 i ier iage ieur ieuse
2 ie ier ieur ieuse ierie iage
5 ce cier ciere cer cement
4 ie ier
3 ier iere erie
4 er ere erie eur euse
3 eau elier eliere ellerie
3 ure urier uriere
5 ation aire
4 aire arite
3 aire ariat
5 . aire
4 e iaire ier
5 at e
5 at al ale aux alisme aliste
5 . al ale aux
3 al ale aux alite aliser alisation alisme aliste
4 el elle alite aliser alisation alisme
5 e el elle
6 e al ale
5 ie iel ielle ialiser ialisation
4 tre tral trale
3 teur toriel torial torat
5 ence er
3 ence ent ente entiel entielle encer encement
4 at atique
5 at ature
4 . ique
4 e ique
2 ce cieux cieuse
4 . eux euse
2 ique icologie icologue icologique
4 ene enique
4 ie ique iste
4 ique icien icienne
2 ique icite
2 ique icain icaine
3 ain anisme aniste aniser anisation
4 o iste
2 isme iste istique
5 e isme iste erie
4 e iste
4 e ial iale iaux
4 e ologie ologue ologique
5 te ture
5 . at
2 age agerie
3 ionnel ionnelle ionnalite ionnaliser
2 eme ematique
3 ame amatique
5 . isme iste
3 rgie rgien rgienne rgical rgique rgetique
4 acie acien acienne aceutique
2 culture culteur cultrice cole
2 logie logue logique logiste
3 graphie graphe graphique graphier
3 nomie nome nomique
3 cratie crate cratique
4 gogie gogue gogique
3 theque thecaire
3 trie tre trique
3 phie phe phique
"""
# A quality, and what gives it.
_QUALITIES = """
5 e ifier ification ifiant
4 ite ifier ification
4 e ite
4 ite itaire
4 . ite
4 ite el elle
4 e icite
4 e iser isation isateur isme
3 ique isme iste iser isation
4 aire ariser arisation arisme
4 e eite
2 able abilite abilisation abiliser
4 ible ibilite
4 ibilisation ibiliser
3 ile ilite iliser ilisation
3 if ive ivite
4 eux euse osite
3 e esse
3 oire orial oriale
3 in inite
4 rete re
5 . ete
5 e ete
"""
# « contrôle », « contrôler », « contrôleur »; not « direct », « directeur ».
_CONSONANTS = "\n".join(
    f"{least} {c}e {c}er {c}eur {c}euse {c}age {c}ement"
    for least, letters in ((3, "b d f g l m n p r s v z"), (2, "et it ot ut lt nt rt st tt"))
    for c in letters.split()
)


# Gender, number, and the people of a country.
_GENDERS = """
6 e ee
2 eau el elle
2 teur trice
2 ier iere
2 er ere
3 al ale aux
2 an ane anne
2 en enne
2 eur euse
2 if ive
2 eux euse
4 el elle
2 ais aise
2 ois oise
2 ain aine
4 . ais aise ois oise ien ienne ain aine
4 ie ien ienne
3 i ien ienne
2 ee een eenne
5 e een eenne ien ienne ois oise
2 ail aux
2 au aux
1 eu eux
2 ou oux
1 ieu ieux
"""


Sets = tuple[tuple[int, tuple[str, ...]], ...]


def _sets(lines: str) -> Sets:
    cut = [line.split() for line in lines.split("\n") if line]
    return tuple(
        (int(least), tuple("" if each == "." else each for each in rest)) for least, *rest in cut
    )


# The sets that keep the same meaning, and those that make another word.
GENDERS = _sets(_GENDERS)
FAMILIES = _sets("\n".join((_VERBS, _NOUNS, _QUALITIES, _CONSONANTS)))
