"""The export of a list of missions as a file."""

from operator import attrgetter, methodcaller

from explor.ground.reference.selectors import label
from explor.ground.ui.export import Columns

# The columns of the file of a list of missions; the days are the real ones, where known.
EXPORTED: Columns = {
    "numero": attrgetter("file_number"),
    "mission": attrgetter("need.title"),
    "association": attrgetter("association.name"),
    "pays": lambda mission: label("countries", mission.country),
    "depart": lambda mission: mission.stay and mission.stay.start,
    "retour": lambda mission: mission.stay and mission.stay.end,
    "etat": methodcaller("get_state_display"),
    "depart_prevu": attrgetter("start"),
    "retour_prevu": attrgetter("end"),
}
