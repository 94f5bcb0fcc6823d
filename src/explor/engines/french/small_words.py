"""Stop words: the frequent words of French and English, which reveal the language of a text.

They are written without accents.
"""

_FRENCH = """
a afin ai ainsi alors apres au aucun aucune aupres aussi autre autres aux avait avant avec avez
avoir avons ayant beaucoup car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci
comme comment contre d dans de depuis des deux devra doit doivent donc dont du elle elles en encore
entre est et etait etaient ete etes etre eu eux faire fait faut fois font hors ici il ils j je
jusque l la le les leur leurs lors lorsque lui m ma mais me meme memes mes moi moins mon ne ni nos
notre nous on ont or ou par parce parmi pas pendant peu peut peuvent plus plusieurs pour pourquoi
puis qu quand que quel quelle quelles quels qui quoi s sa sans se sera seront ses si soit son sont
sous sur t ta tant te tel telle telles tels tes toi ton tous tout toute toutes tres trop tu un une
vers via vos votre vous y
"""
_ENGLISH = """
a about above after again against all also am an and any are as at be because been before being
below between both but by can could did do does doing down during each few for from further had has
have having he her here hers him his how i if in into is it its itself just me more most must my no
nor not of off on once only or other our out over own same she should so some such than that the
their them then there these they this those through to too under until up very was we were what
when where which while who whom why will with would you your
"""
FRENCH = frozenset(_FRENCH.split())
ENGLISH = frozenset(_ENGLISH.split())
STOP = FRENCH | ENGLISH
# A single letter is a French elision or the English "'s", "'t": it does not show the language.
ONLY_FRENCH = {word for word in FRENCH - ENGLISH if len(word) > 1 or word == "y"}
ONLY_ENGLISH = ENGLISH - FRENCH
