"""2bit files as UCSC's faToTwoBit writes them, of sequences that may be mostly N."""

import re
import struct
from dataclasses import dataclass, field

CODES = {base: code for code, base in enumerate("TCAG")} | {"N": 0}


@dataclass
class Sequence:
    """bases: by their start, a multiple of 4; what lies between is N. masks: soft ones."""

    length: int
    bases: dict[int, str] = field(default_factory=dict)
    masks: list[tuple[int, int]] = field(default_factory=list)

    def runs_of_n(self) -> list[tuple[int, int]]:
        runs, end = [], 0
        for start, bases in sorted(self.bases.items()):
            runs.append((end, start))
            runs += [
                (start + each.start(), start + each.end()) for each in re.finditer("N+", bases)
            ]
            end = start + len(bases)
        return [(start, stop) for start, stop in [*runs, (end, self.length)] if start < stop]

    def packed(self) -> bytes:
        content = bytearray(-(-self.length // 4))
        for start, bases in self.bases.items():
            padded = bases + "N" * (-len(bases) % 4)
            codes = bytes(CODES[base] for base in padded)
            four = zip(codes[::4], codes[1::4], codes[2::4], codes[3::4], strict=True)
            piece = bytes(a << 6 | b << 4 | c << 2 | d for a, b, c, d in four)
            content[start // 4 : start // 4 + len(piece)] = piece
        return bytes(content)


def two_bit(sequences: dict[str, Sequence], order: str = "<", version: int = 0) -> bytes:
    wide = "IQ"[version]
    entry = struct.Struct(f"{order}{wide}").size
    offset = 16 + sum(1 + len(name) + entry for name in sequences)
    index, records = b"", []
    for name, sequence in sequences.items():
        record = struct.pack(f"{order}I", sequence.length)
        for runs in (sequence.runs_of_n(), sequence.masks):
            starts, ends = [run[0] for run in runs], [run[1] for run in runs]
            sizes = [end - start for start, end in zip(starts, ends, strict=True)]
            record += struct.pack(f"{order}I{2 * len(runs)}I", len(runs), *starts, *sizes)
        record += struct.pack(f"{order}I", 0) + sequence.packed()
        index += bytes([len(name)]) + name.encode() + struct.pack(f"{order}{wide}", offset)
        offset += len(record)
        records.append(record)
    head = struct.pack(f"{order}4I", 0x1A412743, version, len(sequences), 0)
    return b"".join([head, index, *records])
