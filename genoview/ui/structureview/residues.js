// Which residue is which: places of Python's structure, keys of 3Dmol's atoms, codons, colours.

/**
 * @typedef {{ above: number, words: string, colour: string }} Band Of pLDDT, the highest first.
 * @typedef {object} Payload Of component.py's encode().
 * @property {string} title
 * @property {string} pdb
 * @property {number[]} places of Python's residues, in the order of `keys`, `names`, `numbers`
 * @property {string[]} keys chain:number:insertion
 * @property {string[]} names
 * @property {(number | null)[]} numbers in the protein, from 1 on
 * @property {string} chain of the protein
 * @property {number | null} selected a place
 * @property {number[]} near places
 * @property {string} label
 * @property {string} words
 * @property {number[]} codons 0-based middle base on the chromosome, by number in the protein - 1
 * @property {Band[]} bands none of a structure without pLDDT
 * @property {"light" | "dark"} theme
 */
/** @typedef {{ chain: string, resi: number, icode?: string, b?: number }} AtomOf3Dmol */

export const PLAIN = { own: "#8fa3bf", other: "#c9ced6" };

/** @param {AtomOf3Dmol} atom */
export function keyOf({ chain, resi, icode }) {
  return `${chain}:${resi}:${(icode ?? "").trim()}`;
}

/** @param {Band[]} bands @param {number} plddt */
export function bandOf(bands, plddt) {
  return bands.find((band) => plddt > band.above);
}

/** The colour of an atom's residue. @param {Payload} payload @param {AtomOf3Dmol} atom */
export function colourOf({ bands, chain }, atom) {
  if (bands.length) return bandOf(bands, atom.b ?? 0)?.colour ?? PLAIN.other;
  return atom.chain === chain ? PLAIN.own : PLAIN.other;
}

/** The bands that some residue is in. @param {Payload} payload @param {AtomOf3Dmol[]} atoms */
export function bandsInView({ bands }, atoms) {
  const seen = new Set(atoms.map((atom) => bandOf(bands, atom.b ?? 0)));
  return bands.filter((band) => seen.has(band));
}

/** How 3Dmol selects the residues at these places. @param {Payload} payload @param {number[]} at */
export function selectionOf({ places, keys }, at) {
  return at.flatMap((place) => {
    const key = keys[places.indexOf(place)];
    if (key === undefined) return [];
    const [chain, resi, icode] = key.split(":");
    return [{ chain, resi: Number(resi), ...(icode ? { icode } : {}) }];
  });
}

/** Place of the residue that an atom is of. @param {Payload} payload @param {AtomOf3Dmol} atom */
export function placeOf({ places, keys }, atom) {
  return places[keys.indexOf(keyOf(atom))];
}

/** 0-based half-open codon of a residue; none of what no codon is known of.
 * @param {Payload} payload @param {number} place
 */
export function codonOf({ places, numbers, codons }, place) {
  const number = numbers[places.indexOf(place)];
  const middle = number ? codons[number - 1] : undefined;
  return middle === undefined ? undefined : { start: middle - 1, end: middle + 2 };
}

/** Place of the residue whose codon's middle base is within one base of this one.
 * @param {Payload} payload @param {number} base 0-based
 */
export function placeAt({ places, numbers, codons }, base) {
  const number = codons.findIndex((middle) => Math.abs(middle - base) <= 1) + 1;
  const at = number ? numbers.indexOf(number) : -1;
  return at < 0 ? undefined : places[at];
}
