"""Good bytes or words -> bytes or words that mean harm."""

import gzip
from random import Random

NUMBERS = (
    *("0", "-1", "1e9", "NaN", "inf", "-inf", "1_000", "٣", "0x10", "", "1.5", "+1"),
    *(str(2**31), str(2**32 - 1), str(2**63), str(-(2**63)), "9" * 25, "7" * 4_400),
)
WORDS = (
    *("\t", "\n", "\r", "\x00", "\ufeff", "=", ";", ",", '"', "[" * 3_000, "{" * 3_000),
    *("%zz", "%00", "a" * 5_000, "\ud7ff", "é", "💥", "../../etc/passwd", "~nobody", "$(id)"),
    *(" " * 3_000, "<b>", "__import__", "\x1b[31m", "-", ".", "chr20", ">", "##FASTA", "#"),
)
BYTES = (b"\x00", b"\xff", b"\xfe\xff", b"\x1f\x8b\x08", b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00")


def mutated(content: bytes, random: Random) -> bytes:
    """One to four changes, some of the whole."""
    for _ in range(random.choice((1, 1, 2, 4))):
        content = random.choice(_CHANGES)(content, random)
    return content


def one_byte(content: bytes, random: Random) -> bytes:
    """One byte is another, mostly near the beginning, where files say what they are."""
    at = min(int(random.expovariate(3 / len(content))), len(content) - 1)
    if random.random() < 0.5:
        at = random.randrange(len(content))
    changed = random.choice((content[at] ^ 1 << random.randrange(8), 0, 255, random.randrange(256)))
    return content[:at] + bytes([changed]) + content[at + 1 :]


def hostile_text(texts: tuple[str, ...], random: Random) -> str:
    """A text put together of parts of good ones, numbers and words."""
    text = random.choice(texts)
    for _ in range(random.choice((1, 1, 2, 3, 6))):
        at, until = sorted(random.randrange(len(text) + 1) for _ in range(2))
        part = random.choice((*NUMBERS, *WORDS, random.choice(texts), text[at:until]))
        if random.random() < 0.15:
            part *= random.choice((2, 10, 500))
        end = random.choice((at, until, min(at + 1, len(text))))
        text = (text[:at] + part + text[end:])[:60_000]
    return text


def _flip(content: bytes, random: Random) -> bytes:
    return one_byte(content, random) if content else content


def _cut(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def _delete(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) + 1)
    return content[:at] + content[at + random.choice((1, 4, 40)) :]


def _insert(content: bytes, random: Random) -> bytes:
    part = random.choice((*BYTES, *(word.encode() for word in (*NUMBERS, *WORDS))))
    at = random.randrange(len(content) + 1)
    return content[:at] + part + content[at:]


def _cell(content: bytes, random: Random) -> bytes:
    """A word or number of a line is another."""
    lines = content.split(b"\n")
    at = random.randrange(len(lines))
    for mark in random.sample((b"\t", b"=", b",", b" ", b":"), 5):
        cells = lines[at].split(mark)
        if len(cells) > 1:
            cells[random.randrange(len(cells))] = random.choice((*NUMBERS, *WORDS)).encode()
            lines[at] = mark.join(cells)
            break
    return b"\n".join(lines)


def _lines(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    random.shuffle(lines)
    return b"\n".join(lines[: random.randrange(len(lines)) + 1])


def _repeat(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) + 1)
    part = content[at : at + random.choice((1, 3, 50))]
    return content[:at] + part * random.choice((2, 100, 5_000)) + content[at:]


def _zip(content: bytes, random: Random) -> bytes:
    return gzip.compress(content, 1, mtime=0)


def _zipped_damaged(content: bytes, random: Random) -> bytes:
    return one_byte(gzip.compress(content, 1, mtime=0), random)


def _noise(content: bytes, random: Random) -> bytes:
    return content[:12] + random.randbytes(len(content) % 5_000)


_CHANGES = (
    *(_flip, _flip, _cut, _delete, _insert, _insert, _cell, _cell, _cell, _lines, _repeat),
    *(_zip, _zipped_damaged, _noise),
)
