"""Published weights of expression models that genoview does not pass on."""

from genoview.models.expression.cards import MPRA_DRAGONN_CARD, XPRESSO_CARD
from genoview.models.weights import Row, WeightFile

DRAGONN_FOLDER = (
    "https://github.com/kundajelab/MPRA-DragoNN/raw/2799ed87821130fc537836651d37e45a3247382d"
    "/kipoi/ConvModel"
)
XPRESSO_FOLDER = "https://github.com/vagarwal87/Xpresso/raw/b5d1da2b/Fig5_S5"
MPRA_DRAGONN = Row(
    card=MPRA_DRAGONN_CARD,
    source="https://github.com/kundajelab/MPRA-DragoNN/tree/2799ed87/kipoi/ConvModel",
    files=(
        WeightFile(
            "pretrained.hdf5",
            f"{DRAGONN_FOLDER}/pretrained.hdf5",
            1_390_888,
            "27eb5aee40317b012a17a6a409f545825292eb1787c2ad506d6d37b97990f006",
        ),
    ),
    needs="h5py",
)
XPRESSO = Row(
    card=XPRESSO_CARD,
    source="https://github.com/vagarwal87/Xpresso/tree/b5d1da2b/Fig5_S5",
    files=(
        WeightFile(
            "human_trainepoch.11-0.426.h5",
            f"{XPRESSO_FOLDER}/human_trainepoch.11-0.426.h5",
            1_392_384,
            "15a383648008df5f843ec8651e78be5faf82609c88fb068da890aa7a89387bb0",
        ),
    ),
    needs="h5py",
)
