// The layout's shapes on a canvas: rectangles, lines and paths, on paper or on the axes.

/** px of a shape's ends along x; a shape in pixels counts them from its anchor. */
function across(shape, px, frame) {
  const place = shape.xref === "x" ? px : (share) => frame.left + share * frame.width;
  if (shape.xsizemode === "pixel") {
    const from = place(shape.xanchor);
    return (x) => from + x;
  }
  return place;
}

function down(shape, rows, frame) {
  const { yref = "paper" } = shape;
  return yref === "paper" ? (share) => frame.top + (1 - share) * frame.height : rows.get(yref).y;
}

/** A path whose coordinates are those of its axes. */
function pathOf(shape, x, y) {
  const path = new Path2D();
  const perX = x(1) - x(0);
  const perY = y(1) - y(0);
  path.addPath(new Path2D(shape.path), new DOMMatrix([perX, 0, 0, perY, x(0), y(0)]));
  return path;
}

function outline(shape, x, y) {
  if (shape.type === "path") return pathOf(shape, x, y);
  const path = new Path2D();
  const [left, right, from, to] = [x(shape.x0), x(shape.x1), y(shape.y0), y(shape.y1)];
  if (shape.type === "line") {
    path.moveTo(left, from);
    path.lineTo(right, to);
  } else path.rect(left, from, right - left, to - from);
  return path;
}

/** @param rows Map of "y2" -> where that row lies, from frame.js. */
export function shape(ctx, one, px, rows, frame) {
  const path = outline(one, across(one, px, frame), down(one, rows, frame));
  ctx.save();
  if (one.xref === "x") {
    ctx.beginPath();
    ctx.rect(frame.left, 0, frame.width, frame.top + frame.height * 2);
    ctx.clip();
  }
  ctx.globalAlpha = one.opacity ?? 1;
  if (one.fillcolor && one.type !== "line") {
    ctx.fillStyle = one.fillcolor;
    ctx.fill(path, "evenodd");
  }
  const { width = 2, color, dash } = one.line ?? {};
  if (width && color) {
    ctx.strokeStyle = color;
    ctx.lineWidth = width;
    ctx.setLineDash(dash === "dot" ? [3, 3] : []);
    ctx.stroke(path);
  }
  ctx.restore();
}
