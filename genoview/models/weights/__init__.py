"""Published models that a person may add: their files, where they lie, and how they come here.

row -> download (resumed, checked) -> <models folder>/<name>/<file>
"""

from genoview.models.weights.download import Patience as Patience
from genoview.models.weights.folder import ModelFolder as ModelFolder
from genoview.models.weights.folder import Presence as Presence
from genoview.models.weights.row import Row as Row
from genoview.models.weights.row import WeightFile as WeightFile
