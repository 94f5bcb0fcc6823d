"""Sets of endings whose words also change before the suffix, as in `endings`.

Source: the alternations of French grammars, learned elements, and the tables of conjugation.
"""

# What Latin or spelling changes before a suffix: « rigueur », « rigoureux ».
CHANGES = """
3 eur oureux oureuse oureusement
2 gueur goureux goureuse goureusement
3 eur orer oration orant ore oriser orisation orite oral orale oraux orable orifique oriel \
orielle oriste orisme
2 teur torat toriat torial toriale toriel torielle
2 x cique
3 x cal cale caux
3 ique ical icale icaux
3 ique icien icienne icite icisme iciste
3 que quer cage cation catif cable cateur catrice cien cienne cite cisme ciste
3 gue guer gage gation gueur
3 ge gique gien gienne
3 f veux veuse vite
3 en iner inateur inatrice ination inal inale iniser inisation inisateur
3 ume umineux umineuse
2 ime iminel iminelle iminalite iminologie iminologue
3 us al ale aux
2 cle culaire culation culeux culariser
2 gle gulaire gulateur gulation guler gulier guliere gularite
2 ble bulaire buleux buleuse
2 tre tral trale traux triser traliser tralisation tralite
3 ere eriel erielle eriau eriaux
3 ance anciel ancielle ancier antiel antielle
3 itude ituel ituelle ituer
4 e uel uelle ualiser ualisation
4 . uel uelle ualiser ualisation uer uation
3 u uite uel uelle uer uation
3 ure urel urelle ural urale uraux urer uriste uraliste uralisme urier uriere urerie
3 ion ible ibilite
3 ication ier icateur icatrice
1 ouer ocation ocataire ocatif ocatrice
4 er oirie
3 o oyer oyere
3 ion ieux ieuse ieusement
4 e ueux ueuse ueusement
4 . ueux ueuse ueusement
3 psie ptique
3 xie xique ctique
4 sie tique sique
2 yse ysie ytique yser yste yseur
2 ese etique
2 esie ete etique esique
4 ose otique eux euse
3 asme astique aste
3 me matique matiser matisation matiste
3 te taire tarisme tal tale
2 ite itaire itarisme iser isation
3 isme ite iste
4 ie iaque
3 ee eal eale eaux eologie eographie eographe eographique
2 ot oser osition osant osage
4 e er eur uleux uleuse ulence ulent
3 if ifaire ifier ification
3 ure urer eur
2 able acite
4 a atheque atographe atographie atographique aste
"""
# Consonants that are doubled, or no longer: « étiquette », « étiquetage »; « fer », « ferreux ».
DOUBLED = """
2 ette eter etage eteur eteuse etier ettiste
2 eau eler elage eleur eleuse ellement elier eliere ellerie eliste
3 elle eler elage eleur eleuse
1 elle ellier elliere ellerie
4 eler ellement
3 et etterie etter ettage eterie etier etiere etiste
2 g gueur gueuse guer gage guerie
2 c queur queuse quer
2 onne onner onnage onnement onneau onnelier
3 on oniser onisation onial oniale onie onique oniste onat onal onnal onnaire
1 er erreux erreuse errique errer errage erraille errailleur erronnier erronnerie
3 l llique lliser llisation llurgie llurgiste llurgique llier llerie llite
3 s sser ssage sseur sseuse ssier ssiere sserie ssement sse sseur
2 es essif essive esser essiste essible essibilite
2 z zeux zeuse zier ziere zifier zification
"""
# Greek elements of learned words.
LEARNED = """
3 cyte cytose cytaire
4 ie ien ique iologie iologiste iologique
4 ion if ologie ologue ologique
3 logie logien logienne logue logique logiste
2 therapie therapeute therapeutique
2 iatre iatrie iatrique
2 pathe pathie pathique
2 metre metrie metrique
2 scope scopie scopique
2 phone phonie phonique phoniste
2 phile philie
2 phobe phobie phobique
2 gene genese genique
2 mane manie maniaque
2 graphe graphie graphique graphier graphiste gramme
2 nome nomie nomique nomiste
"""
# Verbs of the third group and their compounds: « soutenir », « soutien ».
IRREGULAR = """
0 attre at attant attable attoir attage atteur attement
1 mettre mission metteur metteuse mise mis messe missible missibilite
0 mettre mise metteur metteuse
0 prendre prise prehension prehensible prehensif preneur preneuse prentissage preneuriat preneurial
2 tenir tien tenance teneur tention tenu tenue tentif
2 venir vention venant venance venue venu ventif
0 ceder cession cesseur cessif cessive cedent cedure cede ces cessus cessible cessibilite
0 duire duite duction ducteur ductrice ductif ductive ductivite ductible
2 struire struction structeur structrice structif structive
2 crire cription cripteur crit crite criture crivain
2 dire diction dicteur
2 clure clusion clusif clusive clu cluant
2 rompre ruption rupteur
2 soudre solution soluble solvant
1 traire traction tracteur trait traite
0 traire traite trayeuse trayeur
0 ndre nte ndeur ndeuse ndage ndement nderie
0 rdre rte rsion rsure
2 pondre ponse pondant pondance
2 fondre fusion
0 couvrir couverture couvert couverte couvreur
0 ffrir ffre ffrance ffrant
0 cueillir cueil cueillette cueillant cueillement
2 ntir ntiment ntement
1 mouvoir motion moteur motrice motif motionnel mouvement
0 voir vision visionnel visionnelle visible visibilite voyance voyant
0 cevoir ception cepteur ceptrice cevable ceveur ceveuse cette
0 indre inte inture intif intive ignant
0 joindre jonction joint jointe
0 streindre striction strictif strictive streinte
0 araitre arition arution arent arence
0 croitre croissance croissant croissante
0 courir cours couriste courisme coureur course
0 querir quete quisition quereur
0 suivre suite suivi suivant
0 vivre vie vivant vivance
0 herer hesion hesif hesive herent herente herence
0 jeter jet jection jecteur jetable
2 primer pression presseur pressif pressive primeur primerie primante
2 viser vision viseur viseuse visionnel
2 unir union unification
0 erer eration erateur eratrice eratif
2 oyer oi oiement oyeur
1 ayer ai aie aye ayage ayeur ayeuse aiement
2 uyer ui uyeux uyage
2 eler el elant
3 sir si sie sine sissable
3 ir iment isseur isseuse issage issement
4 ution uer ueur uant uteur utrice utif utive
3 ier iariser iarite iarisation
3 ien ienne iennage ienniste
"""
