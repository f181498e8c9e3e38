// What each gesture, key and button does to a view.
import { centred, clamp, moved, over, same, scaled, stopBeside } from "../canvas/range.js";
import { helpDialog } from "../overlay/help.js";
import { CardNavigation } from "./card_navigation.js";
import { KEY_ZOOM } from "./keys.js";

/** @import { Range, Stop } from "../wire/types.d.ts" */
/** @import { Button } from "../overlay/toolbar.js" */
/** @import { TrackView } from "../view/track_view.js" */
/** @typedef {"zoom" | "select"} BandKind On the ruler, or on the rows. */
/**
 * @typedef {(
 *   | ["drag", range: Range, share: number]
 *   | ["scale", range: Range, factor: number, x: number]
 *   | ["pan", share: number]
 *   | ["zoom", factor: number, x?: number]
 *   | ["stop" | "site" | "card", step: number]
 *   | ["whole" | "variant" | "undo" | "redo" | "enter-card" | "escape" | "search" | "help"]
 *   | ["band", kind: ""]
 *   | ["band", kind: BandKind, left: number, right: number]
 *   | ["band-end", kind: BandKind, left: number, right: number]
 *   | ["click", x: number, clientY: number]
 * )} Gesture What a gesture or key asks for: x of the figure, px of the page, steps of 1 or -1.
 */

const SEARCH = '[data-testid="stMain"] input[type=text]'; // Streamlit's name of the page's part

export class Actions {
  /** @param {TrackView} view */
  constructor(view) {
    this.view = view;
    this.help = helpDialog();
    this.cards = new CardNavigation(view);
  }

  /** @param {Gesture} gesture */
  act(...gesture) {
    if (gesture[0] === "help") this.toggleHelp();
    else if (gesture[0] === "search") focusOnSearch();
    else if (this.view.drawn) this.move(...gesture);
  }

  /** @param {Gesture} gesture */
  move(...gesture) {
    const { view } = this;
    const { limits, minWidth, stops, sites } = view.header;
    switch (gesture[0]) {
      case "drag":
        return view.go(moved(gesture[1], gesture[2]));
      case "scale":
        return view.go(scaled(gesture[1], gesture[2], gesture[3], limits, minWidth));
      case "pan":
        return view.go(moved(view.range, gesture[1]), true);
      case "zoom": {
        const x = gesture[2] ?? (view.range[0] + view.range[1]) / 2;
        return view.go(scaled(view.range, gesture[1], x, limits, minWidth), true);
      }
      case "whole":
        return view.go(limits, true);
      case "variant":
        return this.toVariant();
      case "stop":
        return this.jump(stops, gesture[1]);
      case "site":
        return this.jump(sites, gesture[1]);
      case "undo":
        return this.travel(-1);
      case "redo":
        return this.travel(1);
      default:
        return this.inspect(...gesture);
    }
  }

  /** @param {Gesture} gesture */
  inspect(...gesture) {
    const { marks, inspector } = this.view;
    switch (gesture[0]) {
      case "band":
        if (gesture[1] === "") return marks.hide("band");
        return marks.show("band", gesture[2], gesture[3]);
      case "band-end":
        return inspector.endBand(gesture[1], gesture[2], gesture[3]);
      case "card":
        return this.cards.open(gesture[1]);
      case "enter-card":
        return inspector.panel.enter();
      case "click":
        return inspector.click(gesture[1], gesture[2]);
      case "escape":
        return this.escape();
      default:
        return undefined;
    }
  }

  toggleHelp() {
    if (this.help.open) this.help.close();
    else this.help.showModal();
  }

  /** Close what is open, the topmost first. */
  escape() {
    const { rows, inspector } = this.view;
    if (this.help.open) this.help.close();
    else if (!rows.menu.node.hidden) rows.menu.close();
    else inspector.escape();
  }

  /** A button of the toolbar. @param {Button} button */
  press(button) {
    if (button === "zoom-in") this.act("zoom", 1 / KEY_ZOOM);
    else if (button === "zoom-out") this.act("zoom", KEY_ZOOM);
    else if (button === "png" || button === "svg") this.view.download(button);
    else this.act(button);
  }

  /** Around the variant, or around the middle where there is none. @param {number} bp */
  setWidth(bp) {
    const { variant, limits, minWidth } = this.view.header;
    if (!variant) this.act("zoom", bp / (this.view.range[1] - this.view.range[0]));
    else this.view.go(clamp(centred(variant, bp), limits, minWidth), true);
  }

  /** The variant in the middle, as wide as now. */
  toVariant() {
    const { range, header, announcements } = this.view;
    const { variant, limits, minWidth } = header;
    if (!variant) {
      announcements.say("No variant is shown.");
      return;
    }
    this.view.go(clamp(over(range, variant), limits, minWidth), true);
    announcements.announce("The variant");
  }

  /** @param {Stop[]} stops @param {number} step */
  jump(stops, step) {
    const { range, header } = this.view;
    const { limits, minWidth } = header;
    // A stop at the edge cannot be centred: it must not hold the reader up.
    const leads = (/** @type {Stop} */ stop) =>
      !same(clamp(over(range, stop), limits, minWidth), range);
    const stop = stopBeside(stops.filter(leads), range, step);
    if (!stop) return;
    this.view.go(over(range, stop), true);
    this.view.announcements.announce(stop[2]);
  }

  /** @param {number} step */
  travel(step) {
    const { history } = this.view;
    history.rest(this.view.range); // a step just made can be undone at once
    const range = history.step(step);
    if (range) this.view.go(range, true);
  }
}

function focusOnSearch() {
  /** @type {HTMLInputElement | null} */
  const field = document.querySelector(SEARCH);
  field?.focus();
}
