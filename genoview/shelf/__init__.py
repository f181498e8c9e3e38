"""Published models that a person may add: their files, where they lie, and how they come here.

row -> download (resumed, checked) -> <models folder>/<name>/<file>
"""

from genoview.shelf.download import Patience as Patience
from genoview.shelf.folder import ModelFolder as ModelFolder
from genoview.shelf.folder import Presence as Presence
from genoview.shelf.rows import ROWS as ROWS
from genoview.shelf.rows import Row as Row
from genoview.shelf.rows import WeightFile as WeightFile
from genoview.shelf.rows import row_of as row_of
