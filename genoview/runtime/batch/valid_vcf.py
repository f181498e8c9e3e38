"""Header and cells of any VCF -> those that htslib reads; what is valid stays to the last letter.

VCF 4.3: https://samtools.github.io/hts-specs/VCFv4.3.pdf, sections 1.2 to 1.6.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from genoview.io.formats.text_lines import columns_of
from genoview.io.formats.vcf_line import N_FIXED

COLUMNS = ("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO")
LAST_POS = 2**31 - 2  # of BCF
CHROM = re.compile(r"[0-9A-Za-z!#$%&+./:;?@^_|~-][0-9A-Za-z!#$%&*+./:;=?@^_|~-]*")
_KEY = re.compile(r"[A-Za-z_][0-9A-Za-z_.]*|1000G")
_PAIR = r'[\w.]+=(?:"(?:[^"\\]|\\.)*"|[^",<>]*)'
_STRUCTURED = re.compile(rf"##\w+=<{_PAIR}(?:,{_PAIR})*>")
_PLAIN = re.compile(r"##[\w.-]+=[^<\s][^\t]*")
_DEFINITION = re.compile(r"##(contig|INFO|FILTER|FORMAT)=<.*?\bID=([^,>]+)")
_TYPED = re.compile(r"##(INFO|FORMAT)=<ID=([^,>]+),Number=([0-9]+|[ARG.]),Type=(\w+),Description=")
_TYPES = {"Integer": r"[+-]?[0-9]+", "Float": r"[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?|[nN]a[nN]"}
_GENOTYPE = re.compile(r"(?:[0-9]+|\.)(?:[|/](?:[0-9]+|\.))*")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_UNDEFINED = "The file does not define it"


def is_header(text: str) -> bool:
    """Whether a line is a sound line of a header, that of column names apart."""
    if not text.isprintable():
        return False
    match = _DEFINITION.match(text)
    if not text.startswith(("##INFO", "##FORMAT", "##FILTER", "##contig")):
        return bool(_PLAIN.fullmatch(text) or _STRUCTURED.fullmatch(text))
    if not match or not _STRUCTURED.fullmatch(text):
        return False
    if match[1] == "contig":
        length = re.search(r"[<,]length=([^,>]*)", text)
        return CHROM.fullmatch(match[2]) is not None and (not length or length[1].isdecimal())
    if match[1] == "FILTER":
        return not set(match[2]) & set(" ;") and match[2] != "0"
    typed = _TYPED.match(text)
    kinds = ("Integer", "Float", "String", "Character", *["Flag"] * (match[1] == "INFO"))
    return typed is not None and typed[4] in kinds and _KEY.fullmatch(typed[2]) is not None


@dataclass
class Layout:
    """Columns and names that a file uses, gathered line by line before any is written.

    Attributes:
        defined: kind and name -> type, of what the header defines.
        used: kind and name -> whether it has a value, in the order of the file.
        n_columns: of the widest line.
    """

    defined: dict[tuple[str, str], str] = field(default_factory=dict)
    used: dict[tuple[str, str], bool] = field(default_factory=dict)
    samples: tuple[str, ...] = ()
    n_columns: int = N_FIXED

    def add_header(self, text: str) -> None:
        """A sound line of the header, or that of column names."""
        if text.upper().startswith("#CHROM"):
            names = text.split("\t") if "\t" in text else text.split()
            self.samples = tuple("_".join(name.split()) for name in names[N_FIXED + 1 :])
            self.n_columns = max(self.n_columns, len(names))
        elif match := _DEFINITION.match(text):
            typed = _TYPED.match(text)
            self.defined.setdefault((match[1], match[2]), typed[4] if typed else "")

    def add(self, text: str) -> None:
        """A line of data that will be written."""
        cells = _cells(text)
        self.n_columns = max(self.n_columns, len(cells))
        self._use("contig", cells[0])
        for name in cells[6].split(";"):
            self._use("FILTER", name)
        for pair in cells[7].split(";"):
            key, mark, _ = pair.partition("=")
            self._use("INFO", key, bool(mark))
        if len(cells) > N_FIXED:
            for key in cells[N_FIXED].split(":"):
                self._use("FORMAT", key)

    def _use(self, kind: str, name: str, has_value: bool = True) -> None:
        if name != "." and (kind, name) != ("FILTER", "PASS"):
            self.used[kind, name] = self.used.get((kind, name), False) or has_value

    def definitions(self, own: Iterable[str]) -> list[str]:
        """Lines for what is used and not defined; `own` are names of INFO that are defined."""
        known = {*self.defined, *(("INFO", name) for name in own)}
        return [
            _definition(kind, name, has_value)
            for (kind, name), has_value in self.used.items()
            if (kind, name) not in known
        ]

    @property
    def head(self) -> str:
        """The line of column names; of two samples of one name the second gets a number."""
        n = self.n_columns - N_FIXED - 1
        names: list[str] = []
        for i in range(max(n, 0)):
            name = self.samples[i] if i < len(self.samples) else ""
            name = name or f"SAMPLE{i + 1}"
            names.append(name if name not in names else f"{name}_{i + 1}")
        return "\t".join([*COLUMNS, *["FORMAT"] * bool(names), *names])

    def cells(self, text: str) -> list[str]:
        """The cells of a line, as many as the head has."""
        cells = _cells(text)
        n = self.n_columns if self.n_columns > N_FIXED + 1 else N_FIXED
        cells = (cells + ["."] * n)[:n]
        if n > N_FIXED:
            keys = cells[N_FIXED].split(":")
            cells[N_FIXED + 1 :] = [self._sample(keys, cell) for cell in cells[N_FIXED + 1 :]]
        return cells

    def _sample(self, keys: list[str], cell: str) -> str:
        values = zip(keys, cell.split(":"), strict=False)
        return ":".join(self._value(key, value) for key, value in values) or "."

    def _value(self, key: str, value: str) -> str:
        """A sample's value; a dot where it is not of its type."""
        if key == "GT":
            return value if _GENOTYPE.fullmatch(value) else "."
        pattern = _TYPES.get(self.defined.get(("FORMAT", key), ""), r".+")
        is_sound = all(re.fullmatch(rf"\.|{pattern}", part) for part in value.split(","))
        return value if is_sound and value.isprintable() else "."


def _cells(text: str) -> list[str]:
    """At least the fixed columns, each of a form that htslib takes."""
    cells = columns_of(text.strip())
    cells += ["."] * (N_FIXED - len(cells))
    cells = [cell.strip() or "." for cell in cells]
    cells[2] = "_".join(cells[2].split())
    cells[5] = cells[5] if _NUMBER.fullmatch(cells[5]) else "."
    filters = (_name(name, r"[\s,=<>\"]") for name in cells[6].split(";") if name.strip())
    cells[6] = ";".join(name if name != "0" else "_0" for name in filters) or "."
    cells[7] = ";".join(_info(cells[7])) or "."
    if len(cells) > N_FIXED:
        keys = dict.fromkeys(_key(key) for key in cells[N_FIXED].split(":"))
        cells[N_FIXED] = ":".join(sorted(keys, key=lambda key: key != "GT"))
        if "GT" in keys and next(iter(keys)) != "GT":  # GT is first: samples' values would not fit
            cells[N_FIXED + 1 :] = ["."] * len(cells[N_FIXED + 1 :])
    return cells


def _info(cell: str) -> Iterable[str]:
    for pair in cell.split(";"):
        key, mark, value = pair.partition("=")
        if key.strip() not in ("", "."):
            yield f"{_key(key)}{mark}{value or '.' * bool(mark)}"


def _key(text: str) -> str:
    name = text.strip()
    return name if name == "." or _KEY.fullmatch(name) else _name(f"_{name}", "[^0-9A-Za-z_.]")


def _name(text: str, bad: str) -> str:
    return re.sub(bad, "_", text.strip())


def _definition(kind: str, name: str, has_value: bool) -> str:
    if kind == "contig":
        return f"##contig=<ID={name}>"
    if kind == "FILTER":
        return f'##FILTER=<ID={name},Description="{_UNDEFINED}">'
    number, type_ = (".", "String") if has_value else ("0", "Flag")
    if (kind, name) == ("INFO", "END"):
        number, type_ = "1", "Integer"
    if kind == "FORMAT":
        number = "1"
    return f'##{kind}=<ID={name},Number={number},Type={type_},Description="{_UNDEFINED}">'
