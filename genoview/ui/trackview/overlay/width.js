// `50kb`, `1.5 Mb`, `200`: a width as a reader types it, in base pairs.

/** @type {Record<string, number>} */
const UNITS = { "": 1, b: 1, bp: 1, k: 1e3, kb: 1e3, kbp: 1e3, m: 1e6, mb: 1e6, mbp: 1e6 };

/** Base pairs, or undefined for anything else. @param {string} text */
export function widthOf(text) {
  const match = /^\s*(\d[\d,]*(?:\.\d+)?|\.\d+)\s*([a-z]*)\s*$/i.exec(text);
  const unit = match && UNITS[match[2].toLowerCase()];
  if (!unit) return undefined;
  const width = Math.round(Number(match[1].replaceAll(",", "")) * unit);
  return width > 0 ? width : undefined;
}

/** Short words: 100 bp, 1 kb, 1.5 Mb. @param {number} bp */
export function widthWords(bp) {
  if (bp >= 1e6) return `${Number((bp / 1e6).toPrecision(3))} Mb`;
  if (bp >= 1e3) return `${Number((bp / 1e3).toPrecision(3))} kb`;
  return `${Math.round(bp)} bp`;
}
