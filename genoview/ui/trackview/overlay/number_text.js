// Numbers as a reader sees them.

const GROUPED = new Intl.NumberFormat("en-US");

/** `43,000,001` @param {number} value */
export const grouped = (value) => GROUPED.format(value);

/** A value with three digits that count. @param {number} value */
export function short(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e5 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}

/** The same of both alleles, where there are two. @param {{ value: number, alt?: number }} of */
export function alleles({ value, alt }) {
  return alt === undefined ? short(value) : `${short(value)} → ${short(alt)}`;
}
