// A figure of three rows, made by hand, for tests: 100 px a row from y = 10, 10 px a base from x = 0.

const MARGIN = { l: 20, r: 0, t: 10, b: 0 };
export const FRAME = { left: 20, top: 10, width: 1000, height: 300, range: [0, 100] };
export const SCREEN = {
  box: { getBoundingClientRect: () => ({ left: 5, top: 7 }) },
  frame: FRAME,
};

const row = (id, i, things = []) => ({
  id,
  title: id,
  unit: "",
  yaxis: i ? `y${i + 1}` : "y",
  top: 100 * i,
  height: 100,
  strip: 0,
  predicted: false,
  choices: [],
  choice: {},
  things,
});
const axis = (i, range, type = "linear") => ({
  domain: [1 - (i + 1) / 3, 1 - i / 3],
  range,
  type,
});

export const THINGS = [
  ["gene", "HNF4A", "HNF4A", 10, 30, 0.2, 0.4],
  ["feature", "7", "peak", 20, 40, 0.2, 0.4],
];
const STEMS = {
  type: "scatter",
  mode: "lines",
  yaxis: "y2",
  xaxis: "x",
  name: "Splice donor (+)",
  line: { width: 2 },
  x: new Float64Array([12, 12, Number.NaN, 50.5, 50.5, Number.NaN]),
  y: new Float32Array([0, 0.5, Number.NaN, 0, 1, Number.NaN]),
  meta: { card: "splice", key: "donor" },
};
const ARC = {
  type: "scatter",
  mode: "lines",
  yaxis: "y2",
  xaxis: "x",
  x: [60, 70, 80, null],
  y: [0, 1, 0, null],
  meta: { card: "junction", key: "arc", numbers: ["a-b"], points: 4 },
};
const MAP = {
  type: "heatmap",
  yaxis: "y3",
  xaxis: "x",
  x0: 5,
  dx: 5,
  y0: 2.5,
  dy: 5,
  z: [
    [0.1, -0.9, 0.2, Number.NaN],
    [null, 0.3, -2, 0.4],
  ],
  meta: { card: "contact", key: "10" },
};

export const FIGURE = {
  data: [STEMS, ARC, MAP],
  layout: {
    height: 310,
    margin: MARGIN,
    yaxis: axis(0, [0, 1]),
    yaxis2: axis(1, [0, 1]),
    yaxis3: axis(2, [0, 10]),
    meta: { rows: [row("genes", 0, THINGS), row("stems", 1), row("map", 2)] },
  },
};

const BANDS = [
  ["band", "chr20:1-1000", "p1", 0, 0.25, 0, 1],
  ["band", "chr20:1001-4000", "q1", 0.25, 1, 0, 1],
];
export const CHROMOSOME = {
  data: [],
  layout: { yaxis: axis(0, [0, 1]), meta: { rows: [row("chromosome", 0, BANDS)] } },
};
