"""Tiny language models of DNA with random weights, saved as their authors save theirs."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import torch

BASES = "ACGT"
KINDS = ("single", "overlapping", "side-by-side", "pairs")
BERT_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
ESM_SPECIAL = ("<unk>", "<pad>", "<mask>", "<cls>", "<eos>", "<bos>")
K = 3


def words(k: int) -> list[str]:
    return ["".join(letters) for letters in product(BASES, repeat=k)]


def save_tiny(folder: Path, kind: str, positions: int = 64, says_random: bool = True) -> Path:
    """A folder with config, weights and tokeniser of one of KINDS."""
    import transformers

    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1 + KINDS.index(kind))
    sizes: dict[str, Any] = {
        "hidden_size": 16,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": 24,
        "max_position_embeddings": positions,
        "initializer_range": 0.8,  # so that predictions differ from base to base
    }
    tokeniser = _tokeniser(folder, kind)
    sizes |= {"vocab_size": len(tokeniser), "pad_token_id": tokeniser.pad_token_id}
    if kind == "side-by-side":
        config = transformers.EsmConfig(
            **sizes, mask_token_id=tokeniser.mask_token_id, position_embedding_type="absolute"
        )
        model: Any = transformers.EsmForMaskedLM(config)
    else:
        model = transformers.BertForMaskedLM(transformers.BertConfig(**sizes))
    tokeniser.save_pretrained(folder)
    model.save_pretrained(folder)
    if says_random:
        (folder / "genoview.json").write_text(json.dumps({"random_weights": True}))
    return folder


def _tokeniser(folder: Path, kind: str) -> Any:
    import transformers

    vocabulary = folder / "vocab.txt"
    if kind == "pairs":
        return _pairs()
    if kind == "side-by-side":
        vocabulary.write_text("\n".join([*ESM_SPECIAL, *words(K), *"ATCGN"]))
        return transformers.EsmTokenizer(str(vocabulary), eos_token=None)
    dna = words(K) if kind == "overlapping" else [*BASES, "N"]
    vocabulary.write_text("\n".join([*BERT_SPECIAL, *dna]))
    return transformers.BertTokenizer(str(vocabulary), do_lower_case=False)


def _pairs() -> Any:
    """Byte pairs learnt from DNA drawn by chance, as the tokeniser of DNABERT-2 is made."""
    import tokenizers
    import transformers
    from tokenizers import models, pre_tokenizers, processors, trainers

    made = tokenizers.Tokenizer(models.BPE(unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    drawn = np.random.default_rng(1).choice(list(BASES), (40, 300), p=[0.4, 0.1, 0.2, 0.3])
    trainer = trainers.BpeTrainer(
        vocab_size=60, special_tokens=list(BERT_SPECIAL), show_progress=False
    )
    made.train_from_iterator(["".join(row) for row in drawn], trainer)
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=made,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
    )
