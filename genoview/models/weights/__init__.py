"""Published models that a person may add: their files, where they lie, and how they come here.

row -> download (resumed, checked) -> <models folder>/<name>/<file>
"""

from genoview.models.weights.catalogue import ROWS as ROWS
from genoview.models.weights.catalogue import Row as Row
from genoview.models.weights.catalogue import WeightFile as WeightFile
from genoview.models.weights.catalogue import row_of as row_of
from genoview.models.weights.download import Patience as Patience
from genoview.models.weights.folder import ModelFolder as ModelFolder
from genoview.models.weights.folder import Presence as Presence
