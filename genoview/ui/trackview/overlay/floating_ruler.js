// The ruler again, under the buttons, while the figure's own is scrolled out of sight.
import { xNumbers } from "../canvas/axes.js";
import { xScale } from "../canvas/frame.js";
import { groundOf } from "../canvas/plotly.js";
import { element } from "./dom.js";

/** @import { Layout } from "../wire/types.d.ts" */
/** @import { Frame } from "../canvas/frame.js" */
/** @import { Screen } from "../canvas/screen.js" */

const HEIGHT = 24; // px

export class FloatingRuler {
  /**
   * @param {Screen} screen
   * @param {HTMLElement} bar what stays in sight; the ruler hangs below it
   * @param {AbortSignal} signal
   */
  constructor(screen, bar, signal) {
    this.screen = screen;
    this.bar = bar;
    this.node = element("canvas", "tv-ruler", { "aria-hidden": "true" });
    this.node.hidden = true;
    bar.append(this.node);
    const follow = () => this.follow();
    document.addEventListener("scroll", follow, { signal, capture: true, passive: true });
  }

  follow() {
    const { frame, figure, box } = this.screen;
    if (!frame || !figure.layout.xaxis?.tickfont) return;
    const { top, bottom } = box.getBoundingClientRect();
    const edge = this.bar.getBoundingClientRect().bottom;
    this.node.hidden = top + frame.top > edge + 1 || bottom < edge + 2 * HEIGHT;
    if (!this.node.hidden) this.paint(frame, /** @type {Layout} */ (figure.layout));
  }

  /** @param {Frame} frame @param {Layout} layout */
  paint(frame, layout) {
    const ratio = window.devicePixelRatio || 1;
    const width = this.screen.place.width;
    Object.assign(this.node, { width: width * ratio, height: HEIGHT * ratio });
    Object.assign(this.node.style, { width: `${width}px`, height: `${HEIGHT}px` });
    const ctx = this.node.getContext("2d", { alpha: false });
    if (!ctx) return;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.fillStyle = groundOf(layout) ?? getComputedStyle(this.bar).backgroundColor;
    ctx.fillRect(0, 0, width, HEIGHT);
    xNumbers(ctx, layout.xaxis, frame, xScale(frame), HEIGHT, layout.font);
  }
}
