// Text on a canvas as Plotly sets it on SVG: lines, bold, italic, colours and sizes of spans.

/** @import { Annotation, Font } from "../wire/types.d.ts" */
/** @import { Scale } from "./frame.js" */
/** @typedef {CanvasRenderingContext2D} Context */
/**
 * @typedef {object} Run What is not named is as in the font around it.
 * @property {string} text
 * @property {boolean} [bold]
 * @property {boolean} [italic]
 * @property {string} [colour]
 * @property {number} [size]
 */
/** @typedef {{ width: number, ascent: number, descent: number }} Extent px */
/** @typedef {"start" | "middle" | "end"} Anchor */

const LINE = 1.3; // of the font's size
/** @type {Record<string, string>} */
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " };
const KEEP = 4000; // texts parsed and measured that are remembered
/** @type {Map<string, Run[][]>} */
const parsed = new Map();
/** @type {Map<string, Extent>} */
const measured = new Map();

/**
 * @template T
 * @param {Map<string, T>} cache
 * @param {string} key
 * @param {() => T} make
 * @returns {T}
 */
function cached(cache, key, make) {
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size > KEEP) cache.clear();
  const value = make();
  cache.set(key, value);
  return value;
}

/** @param {string} text */
function plain(text) {
  return text.replace(/&(#\d+|#x[\da-f]+|\w+);/gi, (whole, name) => {
    if (name[0] !== "#") return ENTITIES[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return String.fromCodePoint(code);
  });
}

/** @param {string} tag */
function styleOf(tag) {
  const style = /style="([^"]*)"/.exec(tag)?.[1] ?? "";
  const property = (/** @type {string} */ name) =>
    new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`).exec(style)?.[1];
  const size = property("font-size");
  return { colour: property("color"), size: size && Number.parseFloat(size) };
}

/** Lines of runs. @param {string} text @returns {Run[][]} */
export function linesOf(text) {
  return cached(parsed, text, () => {
    /** @type {Run[][]} */
    const lines = [[]];
    /** @type {Partial<Run>[]} */
    let open = [{}];
    for (const piece of text.split(/(<[^>]*>)/)) {
      if (piece[0] !== "<") {
        if (piece) lines[lines.length - 1].push({ ...open.at(-1), text: plain(piece) });
      } else if (/^<br/.test(piece)) lines.push([]);
      else if (piece[1] === "/") open = open.length > 1 ? open.slice(0, -1) : open;
      else open.push({ ...open.at(-1), ...kindOf(piece) });
    }
    return lines;
  });
}

/** @param {string} tag @returns {Partial<Run>} */
function kindOf(tag) {
  if (/^<b\b/.test(tag)) return { bold: true };
  if (/^<i\b/.test(tag)) return { italic: true };
  return Object.fromEntries(Object.entries(styleOf(tag)).filter(([, value]) => value));
}

/** @param {Partial<Run>} run @param {Font} font */
const fontOf = (run, { size, family }) =>
  `${run.italic ? "italic " : ""}${run.bold ? "bold " : ""}${run.size ?? size}px ${family}`;

/** @param {Context} ctx @param {string} text @param {string} font */
function extent(ctx, text, font) {
  return cached(measured, `${font}|${text}`, () => {
    ctx.font = font;
    const {
      width,
      fontBoundingBoxAscent: ascent,
      fontBoundingBoxDescent: descent,
    } = ctx.measureText(text);
    return { width, ascent, descent };
  });
}

/**
 * {width, height, ascent} of all lines as one block; `ascent` is of the first line.
 * @param {Context} ctx
 * @param {Run[][]} lines
 * @param {Font} font
 */
export function sizeOf(ctx, lines, font) {
  const wide = lines.map((runs) =>
    runs.reduce((sum, run) => sum + extent(ctx, run.text, fontOf(run, font)).width, 0),
  );
  const { ascent, descent } = extent(ctx, "x", fontOf(lines[0][0] ?? {}, font));
  const height = ascent + descent + (lines.length - 1) * LINE * font.size;
  return { width: Math.max(...wide), height, ascent };
}

/**
 * `y` is the first line's baseline; `x` the left end, middle or right end of each line.
 * @param {Context} ctx
 * @param {Run[][]} lines
 * @param {number} x
 * @param {number} y
 * @param {Font} font
 * @param {Anchor} anchor
 */
export function write(ctx, lines, x, y, font, anchor = "start") {
  lines.forEach((runs, i) => {
    const pieces = runs.map((run) => {
      const name = fontOf(run, font);
      return { run, name, width: extent(ctx, run.text, name).width };
    });
    const width = pieces.reduce((sum, piece) => sum + piece.width, 0);
    let at = x - { start: 0, middle: width / 2, end: width }[anchor];
    for (const { run, name, width: own } of pieces) {
      ctx.font = name;
      ctx.fillStyle = run.colour ?? font.color;
      ctx.fillText(run.text, at, y + i * LINE * font.size);
      at += own;
    }
  });
}

/** @type {Record<string, number>} share of a box from its anchor to its middle */
const SHIFT = { left: 0.5, right: -0.5, top: 0.5, bottom: -0.5, center: 0, middle: 0 };
/** @type {Record<string, number>} */
const ROOM = { left: 0, center: 0.5, right: 1 };
/** @type {Record<string, Anchor>} */
const ANCHORS = { left: "start", center: "middle", right: "end" };
/** @param {number} share @param {string[]} ends */
const nearest = (share, ends) => ends[share <= 1 / 3 ? 0 : share >= 2 / 3 ? 2 : 1];

/**
 * Plotly's "auto": the anchor by which third of the figure a place on paper lies in.
 * @param {string | undefined} given
 * @param {string} ref
 * @param {number} share
 * @param {string[]} ends
 */
function anchorOf(given, ref, share, ends) {
  if (given && given !== "auto") return given;
  return ref === "paper" ? nearest(share, ends) : ends[1];
}

/**
 * One annotation of the layout. `px` and `py` give px of its x and y.
 * @param {Context} ctx
 * @param {Annotation} words
 * @param {Scale} px
 * @param {Scale} py
 * @param {Font} font
 */
export function annotate(ctx, words, px, py, font) {
  const { borderpad = 1, borderwidth = 1, bgcolor, bordercolor } = words;
  const own = /** @type {Font} */ ({ ...font, ...words.font });
  const lines = linesOf(words.text);
  const size = sizeOf(ctx, lines, own);
  const edge = borderpad + borderwidth;
  const inner = words.width ?? size.width;
  const width = Math.round(inner + 2 * edge);
  const height = Math.round(size.height + 2 * edge);
  const xanchor = anchorOf(words.xanchor, words.xref, words.x, ["left", "center", "right"]);
  const yanchor = anchorOf(words.yanchor, words.yref, words.y, ["bottom", "middle", "top"]);
  const centreX = px(words.x) + width * SHIFT[xanchor] + (words.xshift ?? 0);
  const centreY = py(words.y) + height * SHIFT[yanchor] - (words.yshift ?? 0);
  const left = Math.round(centreX - width / 2);
  const top = Math.round(centreY - height / 2);
  if (bgcolor) {
    ctx.fillStyle = bgcolor;
    ctx.fillRect(left, top, width, height);
  }
  if (bordercolor) {
    ctx.strokeStyle = bordercolor;
    ctx.lineWidth = borderwidth;
    const half = borderwidth / 2;
    ctx.strokeRect(left + half, top + half, width - borderwidth, height - borderwidth);
  }
  const align = words.align ?? "center";
  const x =
    left + edge + (words.width ? (inner - size.width) * ROOM[align] : 0) + size.width * ROOM[align];
  write(ctx, lines, x, top + edge + size.ascent, own, ANCHORS[align]);
}
