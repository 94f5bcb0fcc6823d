"""Families of French words that no ending shows, one a line; a word may be in several.

They are written without accents, in the singular.
"""

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
acceder acces accession
alto altiste
beau belle beaute embellir embellissement
blanc blanche blancheur blanchir
bouillir bouillie ebullition
caduc caduque caducite
chaud chaude chaleur chaleureux chauffer chauffage
cinema cineaste cinephile cinematheque cinematographe cinematographique
cine cinema
cirque circassien circassienne
contrat contracter contractuel contractuelle
compagnon compagne compagnonnage
convaincre conviction convaincant
coudre couture couturier couturiere cousu
cueillir cueillette
dormir dortoir
fou folle folie
franc franche franchise
fuir fuite fugitif
grec grecque grece
heros heroine heroique heroisme
hair haine haineux
ile insulaire insularite
interet interesser interessant
kine kinesitherapeute kinesitherapie
labo laboratoire laborantin laborantine
laic laique laicite
libraire librairie
livre librairie
loup louve
main manuel manuelle
mer marin marine maritime
mentir mensonge menteur menteuse
ministre ministere ministeriel ministerielle
moine monastere monastique
mou molle mollesse
nerf nerveux neurologie
nez nasal nasale
nom nommer nomination nominal
oeil yeux oculaire oculiste
os osseux osseuse
paix pacifique pacifier pacification pacifiste
papier papetier papeterie
partir depart
photo photographie photographe photographique
pied pedestre pieton
poids peser pesee
pont ponton
pouvoir puissance
progres progression progresser progressif
recevoir recu recette
roi reine royal royaume
roman romancier romanciere romanesque
roux rousse
couleur colorer coloration coloris colorant
coupable culpabilite culpabiliser
juriste juridique juridiction jurisprudence
lumiere lumineux lumineuse luminosite
prudhomme prudhomal
faner fenaison
panne depanner depannage depanneur depanneuse
absent absente absence absenteisme
lampe lampadaire lampiste
libre liberte liberer liberation liberateur liberal
mine minier miniere mineur minerai
olive olivier oleicole oleiculture oleiculteur
sens sensoriel sensorielle sensation sensible sensibilite sensibiliser sensitif
faux fausse fausser falsifier falsification
sang sanguin sanguine sanglant
savoir savant
servir service serveur serviteur servante
sommet sommital
sortir sortie
sourd surdite
succeder succession succes
tabac tabagisme tabacologue
temps temporel temporaire
turc turque turquie
tuteur tutrice tutelle tutorat tutorer
vaincre victoire vainqueur
vache vacher vachere bovin
vent venteux ventilation
vigne vignoble vigneron vin vinicole viticole viticulture
voix vocal vocale
vouloir volonte volontaire
zinc zingueur zinguerie
"""
# Peoples whose name no ending gives.
FAMILIES += """
allemagne allemand allemande
bourgogne bourguignon bourguignonne
bretagne breton bretonne
burkina burkinabe
equateur equatorien equatorienne
espagne espagnol espagnole
comores comorien comorienne
croatie croate
danemark danois danoise
ivoire ivoirien ivoirienne
kosovo kosovar
laos laotien laotienne
lorraine lorrain lorraine
madagascar malgache
niger nigerien nigerienne
nigeria nigerian nigeriane
normandie normand normande
perou peruvien peruvienne
picardie picard picarde
savoie savoyard savoyarde
suede suedois suedoise
togo togolais togolaise
vietnam vietnamien vietnamienne
"""
# Words that share their first letters with others and mean something else: a word on one side of a
# bar does not find those of the other sides.
STRANGERS = """
barriere | barre barrer
bouclier | boucle boucler bouclage
capturer capture | capter captage capteur
chantage | chanter chanteur chanteuse
chantier | chante chanter chanteur
collier | coller colleur collage
couler coulage | couleur
courage courageux | courant course coureur courir
culte cultuel | culture cultiver culturel cultural
coupable | coupe couper coupeur coupure
homme | hommage
depenser depense | pense penser
detailler detail | taille tailler
deranger derangement | rang ranger
accessible accessibilite | accessoire accessoiriste
probable probabilite | probation probatoire
engager engagement | gage gager
empecher empechement | peche pecher pecheur
emporter | port porte
contrat | contre contrer
enfermer enfermement | ferme fermier
etablir etablissement | table
facteur | facture facturer facturation
generateur generation | generaliser generalisation
gravier | grave graver graveur gravure
instance | instant instantane
menage menagere | mener meneur
etage | etagere
banque banquier bancaire | banc
parti | partition
messe | message messager messagerie
mortier | mort mortel mortalite
ouvrage | ouvrir ouverture
personnage | personnel personnelle personnaliser
politique politicien | poli polir polissage politesse
pompier | pompe pomper pompage
posture | poste poster postal posteur
poussiere poussiereux | pousser poussee poussage
potage potager | pot poter potier poterie
publicite publicitaire | public publique publication publier
quartier | quart
sauvage sauvagerie | sauver sauveur
tablier | table
terreur terroriser terrorisme | terre terrer terrien
universite universitaire | universel universalite univers
village villageois | ville villa
visage | viser visee
avertir avertissement | vert
agres | agressif agresser agresseur agression
animal | anime animer animation animateur animatrice
attente attendre | attentat
auteur autrice | autoriser autorisation autorite autoritaire
bras | brasser brasserie brasseur brassage
cloche | cloque cloquer
consul consulat consulaire | consulter consultation consultant consultatif
dynamique dynamisme | dynamite dynamiter
infirmier infirmiere infirmerie | infirme infirmite
inventer invention inventeur | inventaire inventorier
general generale generaliste | gener genant generer generation generateur generosite genereux
place placer placement | placard
professeur professorat | profession professionnel professionnelle
propre proprete | propriete proprietaire
secte | secteur sectoriel sectorielle
spirituel spiritualite | spiritueux
tricher tricheur | trique triquer
"""
