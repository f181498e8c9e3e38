// Where a composed figure's rows lie on the screen: px from the figure's top left corner.

/** @import { Layout, Range, YAxis } from "../wire/types.d.ts" */
/** @import { AnyLayout } from "../wire/packing.js" */

/**
 * @typedef {object} Frame The rows' area, and the x at its left and right edge.
 * @property {number} left px
 * @property {number} top px
 * @property {number} width px
 * @property {number} height px
 * @property {Range} range
 */
/** @typedef {(value: number) => number} Scale px of a value. */
/**
 * @typedef {object} RowPlace Where one row's axis lies, px, with its value at each px and back.
 * @property {number} top
 * @property {number} height
 * @property {Scale} y
 * @property {(y: number) => number} value
 * @property {number} ground Where a filling ends: at zero, or at the bottom of a logarithmic axis.
 */

/** @param {Layout} layout @param {number} width @param {Range} range @returns {Frame} */
export function frameOf(layout, width, range) {
  const { l: left, r: right, t: top, b: bottom } = layout.margin;
  const height = layout.height - top - bottom;
  return { left, top, width: width - left - right, height, range };
}

/** px of an x. @param {Frame} frame @returns {Scale} */
export function xScale({ left, width, range: [from, to] }) {
  const perUnit = width / (to - from);
  return (x) => left + (x - from) * perUnit;
}

/**
 * x of the figure under a pointer, kept inside the drawn area.
 * @param {{ box: Element, frame: Frame }} screen
 * @param {number} clientX
 */
export function xAt({ box, frame }, clientX) {
  const left = box.getBoundingClientRect().left + frame.left;
  const share = Math.min(Math.max((clientX - left) / frame.width, 0), 1);
  return frame.range[0] + share * (frame.range[1] - frame.range[0]);
}

/** @param {YAxis} axis @param {{ top: number, height: number }} frame @returns {RowPlace} */
export function rowOf(axis, { top, height }) {
  const [low, high] = axis.domain;
  const [from, to] = axis.range.map(Number);
  const above = top + (1 - high) * height;
  const length = (high - low) * height;
  const isLog = axis.type === "log";
  const perUnit = length / (to - from);
  const least = isLog ? 10 ** from : 0;
  /** @type {Scale} */
  const onAxis = (value) => (isLog ? Math.log10(Math.max(value, least)) : value);
  return {
    top: above,
    height: length,
    y: (value) => above + length - (onAxis(value) - from) * perUnit,
    value: (y) => {
      const at = from + (above + length - y) / perUnit;
      return isLog ? 10 ** at : at;
    },
    ground: above + length - (isLog ? 0 : -from * perUnit),
  };
}

/** The axis that traces call `y2`. @param {AnyLayout} layout @param {string} name @returns {YAxis} */
export function axisOf(layout, name) {
  return /** @type {any} */ (layout)[name.replace("y", "yaxis")];
}

/**
 * Where each row lies, by the name that traces call its axis.
 * @param {AnyLayout} layout
 * @param {Frame} frame
 */
export function rowsOf(layout, frame) {
  const names = new Set((layout.meta?.rows ?? []).map(({ yaxis }) => yaxis));
  return new Map([...names].map((name) => [name, rowOf(axisOf(layout, name), frame)]));
}
