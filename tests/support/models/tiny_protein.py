"""Tiny ESM-2 models with random weights, saved as their authors save theirs."""

import json
from collections.abc import Sequence
from pathlib import Path

import torch

# As the published vocab.txt has them, in its order.
TOKENS = (
    *("<cls>", "<pad>", "<eos>", "<unk>"),
    *"LAGVSERTIDPKQNFYMHWCXBUZO.-",
    *("<null_1>", "<mask>"),
)


def save_tiny_protein(
    folder: Path,
    tokens: Sequence[str] = TOKENS,
    positions: int = 1_026,
    says_random: bool = True,
    safetensors: bool = True,
) -> Path:
    """A folder with config, weights and tokeniser; `safetensors` or as `VESM_tiny.pth` alone."""
    import transformers

    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(7)
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(tokens))
    tokeniser = transformers.EsmTokenizer(str(vocabulary))
    config = transformers.EsmConfig(
        vocab_size=len(tokens),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=24,
        max_position_embeddings=positions,
        position_embedding_type="rotary",
        token_dropout=True,
        emb_layer_norm_before=False,
        pad_token_id=tokens.index("<pad>"),
        mask_token_id=tokens.index("<mask>"),
        initializer_range=0.8,  # so that predictions differ from residue to residue
    )
    model = transformers.EsmForMaskedLM(config)
    tokeniser.save_pretrained(folder)
    if safetensors:
        model.save_pretrained(folder)
    else:
        config.save_pretrained(folder)
        torch.save(model.state_dict(), folder / "VESM_tiny.pth")
    if says_random:
        (folder / "genoview.json").write_text(json.dumps({"random_weights": True}))
    return folder
