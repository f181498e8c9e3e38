// Written by scripts/wire_types.py from ../wire_types.py, which is the one to edit.

export type TypedArray =
  Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array
  | Float32Array | Float64Array;

export type Range = [number, number];

export type Stop = [number, number, string];

export type Numbers = TypedArray | (number | null)[];

export type Words = string | string[];

export type Clickable = [string, string, string, number, number, number, number];

export type PackedKind = "i1" | "u1" | "i2" | "u2" | "i4" | "u4" | "f4" | "f8";

/** What `component.py` sends before the figure; see `track_view`. `range`, `limits` are x. */
export interface Header {
  subject: string;
  answers: number;
  range: Range | null;
  limits: Range;
  minWidth: number;
  fileStem: string;
  chrom: string;
  origin: number;
  theme: "light" | "dark";
  linkParam: string;
  linkFill: Record<string, string[]>;
  summary: string;
  tiles: string;
  stops: Stop[];
  sites: Stop[];
  variant: Range | null;
  canExtend: boolean;
  refusal: [number, string] | null;
  acts: boolean;
}

/** What the browser reports when a gesture has ended; `start` and `end` are x. */
export interface ViewportReport {
  start: number;
  end: number;
  subject: string;
  sequence: number;
}

/** An entry of the table of arrays: items and bytes from the first array on. */
export interface PackedArray {
  kind: PackedKind;
  length: number;
  at: number;
}

/** The JSON of a packed figure, in which `{"$": number}` stands for an array. */
export interface Packed {
  figure: unknown;
  arrays: PackedArray[];
}

/** The value of one track at a base; `alt` where there is a variant. */
export interface BaseValue {
  name: string;
  value: number;
  alt?: number;
}

/** Tracks of one model or file; `leftOut` are lower ones. */
export interface ValueRow {
  title: string;
  unit: string;
  values: BaseValue[];
  leftOut: number;
}

/** What every row says at a base. */
export interface BaseValues {
  position: number;
  base: string;
  rows: ValueRow[];
}

/** One track and allele over a stretch; `where` names two bins of a contact map. */
export interface StretchRow {
  title: string;
  unit: string;
  mean: number;
  max: number;
  at: number;
  where?: string;
  allele?: string;
}

/** A junction whose intron lies inside a stretch. */
export interface StretchJunction {
  name: string;
  value: number;
  alt?: number;
  tissue: string;
  unit: string;
  first: number;
  last: number;
}

/** Sequence ("" of a long one) and statistics of a stretch of bases. */
export interface Stretch {
  first: number;
  last: number;
  width: number;
  sequence: string;
  rows: StretchRow[];
  junctions: StretchJunction[];
  junctionsLeftOut: number;
}

/** A label and its value. */
export interface CardLine {
  label: string;
  value: string;
}

/** A label and where it leads. */
export interface CardLink {
  label: string;
  url: string;
}

/** What is known of a feature that was clicked. */
export interface Card {
  title: string;
  lines: CardLine[];
  links: CardLink[];
}

/** Why a request was refused. */
export interface Failure {
  error: string;
}

/** How a row is drawn; `null` in an act means as usual. */
export interface RowChoice {
  height?: number | null;
  style?: string | null;
  scale?: string | null;
  low?: number | null;
  high?: number | null;
  log?: boolean | null;
  colour?: string | null;
}

/** Rows from the top. */
export interface OrderAct {
  kind: "order";
  ids: string[];
}

/** A row goes. */
export interface HideAct {
  kind: "hide";
  id: string;
}

/** A row is drawn otherwise, or as usual. */
export interface RowAct {
  kind: "row";
  id: string;
  choice: RowChoice | null;
}

/** A stretch gets a colour and a label. */
export interface HighlightAct {
  kind: "highlight";
  start: number;
  end: number;
  colour: string;
  label: string;
}

/** Other bases in place of a stretch. */
export interface EditAct {
  kind: "edit";
  start: number;
  end: number;
  bases: string;
}

/** More is predicted at one side. */
export interface ExtendAct {
  kind: "extend";
  side: "left" | "right";
}

/** To a base that lies outside of the window. */
export interface GoAct {
  kind: "go";
  position: number;
}

/** Rows that the variant does not change are shown, or folded into one line. */
export interface FoldAct {
  kind: "fold";
  shown: boolean;
}

export type Act = OrderAct | HideAct | RowAct | HighlightAct | EditAct | ExtendAct | GoAct | FoldAct;

/** A row of a figure; `top`, `height` and `strip` are px, see `compose`. `folds` makes it the line of unchanged rows, which are folded or shown below it. */
export interface RowMeta {
  id: string;
  title: string;
  unit: string;
  yaxis: string;
  top: number;
  height: number;
  strip: number;
  predicted: boolean;
  choices: string[];
  choice: RowChoice;
  things: Clickable[];
  folds?: "folded" | "shown";
}

/** What a composed figure says of itself; `start` and `end` are 0-based, half-open. */
export interface FigureMeta {
  width_px: number;
  chrom: string;
  start: number;
  end: number;
  provenance: string;
  banner: string;
  rows: RowMeta[];
}

/** What a click on a segment of a trace opens; see `clickable`. */
export interface CardTarget {
  card: string;
  key: string;
  numbers?: TypedArray | (number | string)[];
  points?: number;
}

/** The font of a figure; `size` in px. */
export interface Font {
  family: string;
  size: number;
  color: string;
}

/** What differs from the figure's font. */
export interface TickFont {
  size: number;
  color: string;
}

/** What differs from the figure's font, for all texts of a trace or for each. */
export interface TextFont {
  family?: string;
  size?: number | TypedArray | (number | null)[];
  color?: Words;
}

/** How a line is drawn; `width` in px. */
export interface Line {
  color?: string;
  width?: number;
  dash?: string;
  shape?: string;
}

/** The outline of markers. */
export interface MarkerLine {
  color?: Words;
  width?: number | TypedArray | (number | null)[];
}

/** Markers of a scatter trace; `size` in px. */
export interface Marker {
  symbol: Words;
  size: number | TypedArray | (number | null)[];
  color: Words;
  opacity?: number | TypedArray | (number | null)[];
  line?: MarkerLine;
}

/** Lines, fillings, markers and texts. */
export interface ScatterTrace {
  type: "scatter";
  mode: string;
  xaxis: string;
  yaxis: string;
  y: Numbers;
  x?: Numbers;
  x0?: number;
  dx?: number;
  name?: string;
  line?: Line;
  fill?: string;
  fillcolor?: string;
  marker?: Marker;
  text?: Words;
  textfont?: TextFont;
  textposition?: Words;
  meta?: CardTarget;
}

/** Colours of bars. */
export interface BarMarker {
  color: Words;
}

/** Lying bars: exons, features. */
export interface BarTrace {
  type: "bar";
  xaxis: string;
  yaxis: string;
  x: Numbers;
  y: Numbers;
  base?: number | TypedArray | (number | null)[];
  width: number | TypedArray | (number | null)[];
  marker: BarMarker;
  name?: string;
}

/** Lanes of coloured cells, or a contact map. */
export interface HeatmapTrace {
  type: "heatmap";
  xaxis: string;
  yaxis: string;
  z: Numbers[];
  x0: number;
  dx: number;
  y0: number;
  dy: number;
  zmin: number;
  zmax: number;
  colorscale: ([number, string])[];
  xgap?: number;
  ygap?: number;
  name?: string;
  meta?: CardTarget;
}

export type Trace = ScatterTrace | BarTrace | HeatmapTrace;

/** Above or below the rows; `nticks` numbers at most, or one every `dtick`. */
export interface NumberedAxis {
  side: "top" | "bottom";
  nticks: number;
  dtick?: number;
  ticklen: number;
  tickcolor: string;
  tickfont: TickFont;
  gridcolor: string;
  linecolor: string;
}

/** The axis that all rows share. */
export interface XAxis {
  side: "top" | "bottom";
  nticks: number;
  dtick?: number;
  ticklen: number;
  tickcolor: string;
  tickfont: TickFont;
  gridcolor: string;
  linecolor: string;
  range: Range;
}

/** The axis of one row: `domain` counts from the bottom of all rows, 0 to 1. */
export interface YAxis {
  domain: Range;
  range: Range;
  type: "linear" | "log";
  tickvals: number[];
  ticktext: string[];
  tickfont: TickFont;
  ticklabelstandoff?: number;
  zeroline: boolean;
  zerolinecolor: string;
}

/** A rectangle, line or path on paper or on the axes. */
export interface Shape {
  type: "rect" | "line" | "path";
  xref: string;
  yref?: string;
  x0?: number;
  x1?: number;
  y0?: number;
  y1?: number;
  path?: string;
  xsizemode?: string;
  xanchor?: number;
  layer?: string;
  opacity?: number;
  fillcolor?: string;
  line?: Line;
}

/** Words at a place on paper or on the axes. */
export interface Annotation {
  text: string;
  x: number;
  y: number;
  xref: string;
  yref: string;
  xanchor?: "auto" | "left" | "center" | "right";
  yanchor?: "auto" | "bottom" | "middle" | "top";
  xshift?: number;
  yshift?: number;
  align?: "left" | "center" | "right";
  width?: number;
  font?: TextFont;
  bgcolor?: string;
  bordercolor?: string;
  borderpad?: number;
  borderwidth?: number;
}

/** px around the rows. */
export interface Margin {
  l: number;
  r: number;
  t: number;
  b: number;
}

/** What the canvas reads of a composed figure; `yaxis`, `yaxis2` ... are each a `YAxis`. */
export interface Layout {
  height: number;
  margin: Margin;
  font: Font;
  paper_bgcolor: string;
  meta: FigureMeta;
  xaxis: XAxis;
  xaxis2?: NumberedAxis;
  yaxis: YAxis;
  shapes?: Shape[];
  annotations?: Annotation[];
}

/** A figure that `panels` composed. */
export interface Figure {
  data: Trace[];
  layout: Layout;
}
