"""Endings of the families of French words: what follows the letters that they share.

Each line is a set of endings that one word of a family may exchange for another, after the fewest
letters that must come before: short words (« moteur », « motion ») stay apart. All are folded and
in the singular. "." is no ending, after a consonant. Source: the suffixes of French grammars, and
the stems that verbs take before them (« inscrire », « inscription »).
"""

from . import changes

# A noun from a verb, its verb, and who or what does it.
_VERBS = """
3 age er
3 aison age er ateur eur euse
3 ison ir isseur
2 ger geur geuse gement
3 e er eron
4 age er ere eur euse oir oire
3 ement er
4 e er ure eur euse ier
3 er ure eur euse
3 e er ation ateur atrice
4 . er eur euse
3 . eur euse
2 ge ger geage geur geuse
5 er eur ette
4 er eur oyer
4 eux erie er
4 e ie ifique
2 fier faction
3 s ser sage seur sement sier sif
3 er erologie erologue erologique
2 e eier eiere eiculture
3 ee eeux eeuse
4 ence ent eisme
4 um aire al
4 ique isme ologie ologue ologique iste iser
4 al ale ologie ologue ologique
4 ose aire ite ique eux
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
4 issement ir issage isseur isseuse issant issante issance iture
3 ition ir
3 cation quer cateur catrice catif cant cante
2 c quer quage cage
3 gation guer gue gateur gatrice
3 que quer quage queur quant
4 tion ter teur trice tif tive tivite
4 er ee
4 ing er eur euse
4 sion ser seur sif sive
4 ssion sser ssif ssive
3 ertion erer
2 position poser
2 version vertir
3 ection iger ecteur ectrice ectif
3 action iger acteur actrice
2 quisition querir quereur
2 monstration montrer monstrateur monstratrice
3 ension endre ense enseur ensif
3 cision cider cisif
3 uction uire ucteur uctrice uctif
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
4 e ier iere erie eraie
3 ier iere eraie
5 . ier iere erie
5 te tier tiere terie
3 i iter iteur
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
3 aire ariat arial ariale
5 . aire
4 e iaire ier
5 at e
5 at al ale aux alisme aliste
5 . al ale aux
3 al ale aux alite aliser alisation alisme aliste
4 el elle alite aliser alisation alisme
4 e el elle al ale aux alite aliser alisation aliste atif ative
5 e el elle
6 e al ale
5 ie iel ielle ialiser ialisation
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
3 e iste
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
3 ique isme iste iser isation iseur isateur isant icien icienne icite
4 aire ariser arisation arisme
4 e eite
2 able abilite abilisation abiliser
4 ible ibilite
4 ibilisation ibiliser
3 ile ilite iliser ilisation
3 if ive ivite
4 eux euse osite
3 e esse
3 oire orial oriale orialiser oriel orielle orique orien orienne orieux orieuse orifier oriser \
orisation
4 al ale iste isme
4 e iete
3 e ete ement
3 al ale aute
3 re u ue
4 our ourner ournage ourneur ournant
4 e aine ieme
3 ader asion asif
3 uader uasion uasif
4 ers erser ersion ersement
4 er e eture
2 ire isant isante isance
3 is ision
3 e ieme
3 . ieme
4 e eterie etier
4 . esque
4 e esque
3 ieux iete
3 ite itatif itative
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


# Any suffix of a verb or of a noun, after so many letters that few strangers share them.
_LONG = """
4 er ation ateur atrice atif ative atoire able abilite
3 ation ateur atrice atif ative atoire
4 . ise iser
4 e ise iser
5 e er ee ement ation ateur atrice atif ative atoire age eur euse oir oire ure ance ant ante \
able ade erie abilite abiliser ier iere
5 . er ee ation ateur atrice atif ative atoire age eur euse oir oire ure ance ant ante able ade \
erie abilite abiliser
5 . e ie ique isme iste istique al ale aux ien ienne eux euse ite iser isation isateur
5 ir issement issage isseur isseuse issant issante issance issable ition iteur iture ie
6 . e ie ique isme iste al ale aux el elle ien ienne eux euse ite iser isation ier iere erie \
aire at er eur ee
6 ion if ive eur rice oire er ant ionnel ionnelle ible
6 ence ent ente entiel entielle er
"""
# A quality, its noun, its verb and its adverb: « large », « largeur », « largement ».
_ADVERBS = """
4 e eur ir issement esse ement
5 . eur ir issement esse ement
3 ant amment ance
3 ent emment ence
3 if ive ivement ivite
3 eux euse eusement
3 al ale alement
4 el elle ellement
3 ier iere ierement
3 e itude
2 ain aine anite aniser anisation anisme aniste anitaire
2 ain aine ainement ainete
3 in inite iniser inisation inisme iniste
4 ien iennete ieniste
2 oin oigner oignage oignant
4 e ard arde
4 . ard arde
3 ulaire ule ularite ulariser
3 aire ariste
"""
# The person of an English word: « rugby », « rugbyman ».
_PERSONS = "\n".join(f"3 {c} {c}man {c}men {c}woman {c}women" for c in "abcdefghiklmnoprstvyz")
# « ramer », « rameur »; not « visage », « viser ».
_SHORT = "\n".join(f"2 {c}e {c}er {c}eur {c}euse {c}age" for c in "bdflmnprstv")


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
4 e ais aise ois oise ien ienne ain aine
3 e ois oise
4 ie ais aise ois oise
3 a assien assienne
4 a ais aise ien ienne
4 o olais olaise
4 . in ine
3 ain ine
3 in igne
3 ot otte
2 at atte
2 f ve
2 s sse
2 x sse
3 ero era
3 ino ina
2 deur drice
4 eur eresse
3 e esse
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
FAMILIES = _sets(
    "\n".join(
        (
            _VERBS,
            _NOUNS,
            _QUALITIES,
            _CONSONANTS,
            _LONG,
            _ADVERBS,
            changes.CHANGES,
            changes.DOUBLED,
            changes.LEARNED,
            changes.IRREGULAR,
            _PERSONS,
            _SHORT,
        )
    )
)
