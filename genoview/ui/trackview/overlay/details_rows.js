// Values of a base and of a selected stretch as rows of text: of the details panel, and of its file.
import { alleles, grouped, short } from "./number_text.js";

/** @import { Stretch, StretchJunction } from "../wire/types.d.ts" */

const MOST_JUNCTIONS = 12; // listed; a file has all that arrived

/** Track, mean, maximum and unit. @param {Stretch} stretch */
export function trackRows({ rows }) {
  return rows.map(({ title, allele, unit, mean, max, at, where }) => [
    allele ? `${title} ${allele}` : title,
    short(mean),
    `${short(max)} at ${where ?? grouped(at)}`,
    unit,
  ]);
}

/**
 * How much junctions inside a stretch are used, the most used first; undefined without any.
 * @param {Stretch} stretch
 */
export function junctionRows({ junctions = [], junctionsLeftOut = 0 }) {
  if (!junctions.length) return undefined;
  const rows = junctions
    .slice(0, MOST_JUNCTIONS)
    .map((junction) => [junction.name, junction.tissue, alleles(junction), junction.unit]);
  const more = junctions.length - rows.length;
  const words = [];
  if (more) words.push(`${grouped(more)} weaker junctions are in the file`);
  if (junctionsLeftOut) words.push(`${grouped(junctionsLeftOut)} weaker ones are not listed`);
  const usage = junctions[0].alt === undefined ? "Usage" : "Usage REF → ALT";
  const head = ["Junction inside", "Tissue", usage, "Unit"];
  return { head, rows, note: words.length ? `${words.join("; ")}.` : "" };
}

/** A line for each allele: a junction has one value, and no mean. @param {StretchJunction} junction */
function junctionLines({ name, tissue, unit, value, alt, first, last }) {
  const line = (/** @type {string} */ allele, /** @type {number} */ usage) =>
    [`Junction ${name}, ${tissue}`, allele, unit, "", usage, `${first}-${last}`].join("\t");
  return alt === undefined ? [line("", value)] : [line("REF", value), line("ALT", alt)];
}

/**
 * What the panel of a stretch shows, as a file; positions are 1-based and both ends included.
 * @param {Stretch} stretch
 * @param {string} place
 */
export function tsvOf({ sequence, rows, junctions = [] }, place) {
  const head = [`# ${place}`, ...(sequence ? [`# ${sequence}`] : [])];
  const lines = rows.map((row) =>
    [row.title, row.allele ?? "", row.unit, row.mean, row.max, row.where ?? row.at].join("\t"),
  );
  const names = "track\tallele\tunit\tmean\tmaximum\tmaximum_at";
  return [...head, names, ...lines, ...junctions.flatMap(junctionLines), ""].join("\n");
}

/**
 * Track, value and unit of a pinned base, a row of a model after the other.
 * @param {import("../wire/types.d.ts").BaseValues} values
 */
export function valueRows({ rows }) {
  return rows.flatMap(({ title, unit, values, leftOut }) => {
    const listed = values.map((value) => [value.name, alleles(value), unit]);
    return leftOut ? [...listed, [`${title}: ${leftOut} lower ones`, "", ""]] : listed;
  });
}
