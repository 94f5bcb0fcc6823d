"""French and English words of the trades and themes of solidarity missions, written for Explor.

Each line of `_IDEAS` is one idea: French words, an equals sign, English words, the most frequent
first. With these words a need in one language can match a profile in the other without a language
model, although less well.
"""

from functools import lru_cache

from explor.engines.french.small_words import STOP

from ._words import stem, words

_IDEAS = """
eau = water
potable = drinking
puits = well, wells
forage forages = borehole, drilling
pompe pompage = pump, pumping
assainissement = sanitation
latrines toilettes = latrines, toilets
hygiene = hygiene
irrigation = irrigation
barrage = dam
reseau = network
canalisation tuyau = pipe, pipes
plomberie plombier = plumbing, plumber
agriculture agricole = agriculture, agricultural, farming
agriculteur agricultrice paysan paysanne = farmer, farmers
agronome agronomie = agronomist, agronomy
maraichage maraicher = vegetable, market, gardening
jardin jardinage = garden, gardening
elevage eleveur = livestock, breeding, farming
betail = cattle
volaille = poultry
lait laitier laiterie fromage = milk, dairy, cheese
semence semences graine = seed, seeds
recolte = harvest
sol sols terre = soil, land
engrais compost compostage = fertilizer, compost, composting
foret forestier = forest, forestry
arbre arbres reboisement = tree, trees, reforestation
peche pecheur = fishing, fishery
apiculture abeille miel = beekeeping, bee, honey
alimentation alimentaire nourriture = food, nutrition
transformation = processing
conservation = preservation, conservation
sante = health
soin soins = care
infirmier infirmiere = nurse, nursing
medecin medical = doctor, physician, medical
hopital = hospital
maladie = disease, illness
grossesse maternite maternel = pregnancy, maternity, maternal
sage-femme accouchement = midwife, birth, delivery
enfant enfance enfants = child, children, childhood
vaccin vaccination = vaccine, vaccination
pharmacie medicament = pharmacy, medicine, drug
handicap handicape = disability, disabled
kinesitherapie reeducation = physiotherapy, rehabilitation
dentaire dentiste = dental, dentist
laboratoire = laboratory
urgence urgences = emergency
psychologue psychologie = psychologist, psychology
ecole scolaire = school
enseignement enseigner = teaching, teach
enseignant enseignante professeur = teacher, teachers
eleve eleves etudiant = pupil, student, students
formation former = training, train
formateur formatrice = trainer
apprentissage apprenti = learning, apprenticeship
education educatif = education, educational
pedagogie pedagogique = pedagogy, teaching
alphabetisation = literacy
bibliotheque bibliothecaire = library, librarian
livre lecture = book, reading
universite recherche = university, research
chercheur = researcher
energie = energy, power
solaire = solar
panneau panneaux = panel, panels
electricite electrique = electricity, electrical
electricien electricienne = electrician
batterie = battery
dechet dechets ordures = waste, garbage, refuse
tri = sorting
collecte = collection
recyclage valorisation = recycling, recovery
pollution = pollution
environnement environnemental = environment, environmental
climat climatique = climate
biodiversite = biodiversity
batiment construction construire = building, construction, build
macon maconnerie = mason, masonry
charpente charpentier menuiserie bois = carpentry, carpenter, joinery, wood
architecte architecture = architect, architecture
urbanisme urbain = planning, urban
route voirie = road, roads
mecanique mecanicien = mechanics, mechanic
soudure soudeur = welding, welder
entretien maintenance = maintenance
reparation reparer = repair
outil outils = tool, tools
machine = machine
securite = safety, security
incendie pompier = fire, firefighter
secours secourisme = rescue, aid
gestion gerer = management, manage
gestionnaire = manager
projet projets = project, projects
suivi evaluation = monitoring, evaluation
comptable comptabilite = accountant, accounting
finances financier financement = finance, financial, funding
budget budgetaire = budget, budgeting
audit controle = audit, control
impot fiscal fiscalite = tax, fiscal
achat achats = purchasing, procurement
marche vente = market, sale, sales
commerce commercial = trade, commercial
entreprise = company, business
entrepreneur entrepreneuriat = entrepreneur, entrepreneurship
cooperative = cooperative
epargne credit microcredit = savings, credit, microcredit
assurance = insurance
emploi travail = employment, work, job
salarie personnel = employee, staff
recrutement ressources = recruitment, resources
equipe = team
chef responsable directeur directrice = head, manager, director
benevole benevolat = volunteer, volunteering
association associatif = association, nonprofit
collectivite municipal commune mairie = council, municipal, municipality
gouvernance = governance
decentralisation decentralise = decentralization, decentralized
etat-civil = registry
droit juridique juriste = law, legal, lawyer
femme femmes genre = woman, women, gender
jeune jeunes jeunesse = young, youth
fille filles garcon = girl, girls, boy
famille familial = family
violence violences = violence
migrant migration refugie = migrant, migration, refugee
culture culturel = culture, cultural
patrimoine musee = heritage, museum
artisanat artisan = crafts, craftsman, artisan
musique theatre = music, theatre
tourisme touristique = tourism
cuisine cuisinier restauration = cooking, cook, catering
boulangerie boulanger pain = bakery, baker, bread
couture couturier textile = sewing, tailor, textile
sport sportif = sport, sports
communication communiquer = communication
journaliste journalisme presse = journalist, journalism, press
radio = radio
informatique informaticien ordinateur = computer, computing, information
logiciel = software
site internet numerique = website, internet, digital
donnees base = data, database
reseaux = networks
carte cartographie = map, mapping
sondage enquete statistique = survey, statistics
langue langues traduction = language, languages, translation
village rural ruraux = village, rural
ville = city, town
quartier habitant = neighbourhood, inhabitant
region regional = region, regional
pays = country
montagne = mountain
cote mer marin = coast, sea, marine
transport logistique = transport, logistics
conduite vehicule camion = driving, vehicle, truck
stockage entrepot = storage, warehouse
conseil conseiller = advice, adviser, advisor
accompagnement appui soutien = support
atelier = workshop
qualite norme = quality, standard
developpement = development
durable = sustainable
communautaire communaute = community
partenaire partenariat = partner, partnership
besoin besoins = need, needs
annee ans = year, years
experience = experience
competence = skill, skills
connaissance savoir = knowledge
etude etudes = study, studies
diagnostic = diagnosis, assessment
plan planification = plan, planning
ingenieur ingenierie genie = engineer, engineering
technicien technicienne technique = technician, technical
ouvrier = worker
usine industrie industriel = factory, industry, industrial
production produire = production, produce
analyse = analysis
installation installer = installation, install
"""


def _learn() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return {language: {stem: words in the other language}}, for "fr" and "en"."""
    books: dict[str, dict[str, tuple[str, ...]]] = {"fr": {}, "en": {}}
    for line in _IDEAS.strip().splitlines():
        french, english = (words(side) for side in line.split("="))
        for code, mine, theirs in (("fr", french, english), ("en", english, french)):
            for word in mine:
                book = books[code]
                key = stem(word, code)
                book[key] = tuple(dict.fromkeys((*book.get(key, ()), *theirs)))
    return books


@lru_cache(maxsize=1)
def _books() -> dict[str, dict[str, tuple[str, ...]]]:
    return _learn()


def translated(text: str, source: str) -> str:
    """Return a text translated word by word, without stop words (articles...).

    `source` is its language, "fr" or "en". Unknown words, such as names, stay as they are.
    """
    book = _books()[source]
    translation: list[str] = []
    for word in words(text):
        if word not in STOP:
            translation += book.get(stem(word, source), (word,))
    return " ".join(translation)
