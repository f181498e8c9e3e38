// Where a composed figure's rows lie on the screen: px from the figure's top left corner.

/** {left, top, width, height, range}: the rows' area, and the x at its left and right edge. */
export function frameOf(layout, width, range) {
  const { l: left, r: right, t: top, b: bottom } = layout.margin;
  const height = layout.height - top - bottom;
  return { left, top, width: width - left - right, height, range };
}

/** px of an x. */
export function xScale({ left, width, range: [from, to] }) {
  const perUnit = width / (to - from);
  return (x) => left + (x - from) * perUnit;
}

/** Where one row's axis lies, px, with its value at each px and back. */
export function rowOf(axis, { top, height }) {
  const [low, high] = axis.domain;
  const [from, to] = axis.range.map(Number);
  const above = top + (1 - high) * height;
  const length = (high - low) * height;
  const isLog = axis.type === "log";
  const perUnit = length / (to - from);
  const least = isLog ? 10 ** from : 0;
  const known = (value) => (isLog ? Math.log10(Math.max(value, least)) : value);
  return {
    top: above,
    height: length,
    y: (value) => above + length - (known(value) - from) * perUnit,
    value: (y) => {
      const at = from + (above + length - y) / perUnit;
      return isLog ? 10 ** at : at;
    },
    // Where a filling ends: at zero, or at the bottom of a logarithmic axis.
    ground: above + length - (isLog ? 0 : -from * perUnit),
  };
}

/** `y2` -> `yaxis2` */
export const axisName = (short) => short.replace("y", "yaxis");
