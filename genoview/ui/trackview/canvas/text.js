// Words on a canvas as Plotly sets them on SVG: lines, bold, italic, colours and sizes of spans.

const LINE = 1.3; // of the font's size
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " };
const KEEP = 4000; // texts parsed and measured that are remembered
const parsed = new Map();
const measured = new Map();

function remembered(known, key, make) {
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size > KEEP) known.clear();
  const made = make();
  known.set(key, made);
  return made;
}

function plain(text) {
  return text.replace(/&(#\d+|#x[\da-f]+|\w+);/gi, (whole, name) => {
    if (name[0] !== "#") return ENTITIES[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return String.fromCodePoint(code);
  });
}

function styleOf(tag) {
  const style = /style="([^"]*)"/.exec(tag)?.[1] ?? "";
  const one = (name) => new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`).exec(style)?.[1];
  const size = one("font-size");
  return { colour: one("color"), size: size && Number.parseFloat(size) };
}

/** Lines of runs {text, bold, italic, colour, size}; what a run does not name is the reader's. */
export function linesOf(text) {
  return remembered(parsed, text, () => {
    const lines = [[]];
    let open = [{}];
    for (const piece of text.split(/(<[^>]*>)/)) {
      if (piece[0] !== "<") {
        if (piece) lines.at(-1).push({ ...open.at(-1), text: plain(piece) });
      } else if (/^<br/.test(piece)) lines.push([]);
      else if (piece[1] === "/") open = open.length > 1 ? open.slice(0, -1) : open;
      else open.push({ ...open.at(-1), ...kindOf(piece) });
    }
    return lines;
  });
}

function kindOf(tag) {
  if (/^<b\b/.test(tag)) return { bold: true };
  if (/^<i\b/.test(tag)) return { italic: true };
  return Object.fromEntries(Object.entries(styleOf(tag)).filter(([, value]) => value));
}

const fontOf = (run, { size, family }) =>
  `${run.italic ? "italic " : ""}${run.bold ? "bold " : ""}${run.size ?? size}px ${family}`;

function extent(ctx, text, font) {
  return remembered(measured, `${font}|${text}`, () => {
    ctx.font = font;
    const {
      width,
      fontBoundingBoxAscent: ascent,
      fontBoundingBoxDescent: descent,
    } = ctx.measureText(text);
    return { width, ascent, descent };
  });
}

/** {width, height, ascent}: of all lines as one block; `ascent` is of the first line. */
export function sizeOf(ctx, lines, font) {
  const wide = lines.map((runs) =>
    runs.reduce((sum, run) => sum + extent(ctx, run.text, fontOf(run, font)).width, 0),
  );
  const { ascent, descent } = extent(ctx, "x", fontOf(lines[0][0] ?? {}, font));
  const height = ascent + descent + (lines.length - 1) * LINE * font.size;
  return { width: Math.max(...wide), height, ascent, wide };
}

/** `y` is the first line's baseline; `x` the left end, middle or right end of each line. */
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

const SHIFT = { left: 0.5, right: -0.5, top: 0.5, bottom: -0.5, center: 0, middle: 0 };
const nearest = (share, ends) => ends[share <= 1 / 3 ? 0 : share >= 2 / 3 ? 2 : 1];

/** Plotly's "auto": the anchor by which third of the figure a place on paper lies in. */
function anchorOf(given, ref, share, ends) {
  if (given && given !== "auto") return given;
  return ref === "paper" ? nearest(share, ends) : ends[1];
}

/** One annotation of the layout. `px` and `py` give px of its x and y. */
export function note(ctx, words, px, py, font) {
  const { borderpad = 1, borderwidth = 1, bgcolor, bordercolor } = words;
  const own = { ...font, ...words.font };
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
  const room = { left: 0, center: 0.5, right: 1 }[align];
  const anchor = { left: "start", center: "middle", right: "end" }[align];
  const x = left + edge + (words.width ? (inner - size.width) * room : 0) + size.width * room;
  write(ctx, lines, x, top + edge + size.ascent, own, anchor);
}
