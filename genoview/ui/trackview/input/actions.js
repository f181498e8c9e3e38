// What each gesture, key and button does to a view.

import { clamp, moved, over, same, scaled, stopBeside } from "../canvas/range.js";
import { helpDialog } from "../overlay/help.js";
import { Stepper } from "./card_navigation.js";
import { KEY_ZOOM } from "./gestures.js";

const SEARCH = '[data-testid="stMain"] input[type=text]';

export class Deeds {
  constructor(view) {
    this.view = view;
    this.help = helpDialog();
    this.stepper = new Stepper(view);
  }

  act(kind, ...rest) {
    if (kind === "help") return this.help.open ? this.help.close() : this.help.showModal();
    if (kind === "search") return document.querySelector(SEARCH)?.focus();
    if (!this.view.drawn) return undefined;
    const { limits, minWidth } = this.view.header;
    const centre = (this.view.range[0] + this.view.range[1]) / 2;
    const kinds = {
      from: (range, share) => this.view.go(moved(range, share)),
      scale: (range, factor, x) => this.view.go(scaled(range, factor, x, limits, minWidth)),
      pan: (share) => this.view.go(moved(this.view.range, share), true),
      zoom: (factor, x) =>
        this.view.go(scaled(this.view.range, factor, x ?? centre, limits, minWidth), true),
      whole: () => this.view.go(limits, true),
      stop: (step) => this.jump(this.view.header.stops, step),
      site: (step) => this.jump(this.view.header.sites, step),
      undo: () => this.travel(-1),
      redo: () => this.travel(1),
      band: (band, left, right) => this.view.layer.mark("band", band ? left : undefined, right),
      banded: (band, left, right) => this.view.finder.banded(band, left, right),
      card: (step) => this.stepper.step(step),
      into: () => this.view.finder.panel.enter(),
      click: (x, clientY) => this.view.finder.click(x, clientY),
      escape: () => this.escape(),
    };
    return kinds[kind]?.(...rest);
  }

  /** Close what is open, the topmost first. */
  escape() {
    if (this.help.open) this.help.close();
    else if (!this.view.rows.menu.hidden) this.view.rows.closeMenu();
    else this.view.finder.escape();
  }

  press(action) {
    if (action === "zoom-in") this.act("zoom", 1 / KEY_ZOOM);
    else if (action === "zoom-out") this.act("zoom", KEY_ZOOM);
    else if (action === "png" || action === "svg") this.view.download(action);
    else this.act(action);
  }

  widen(bp) {
    this.act("zoom", bp / (this.view.range[1] - this.view.range[0]));
  }

  jump(stops, step) {
    const { limits, minWidth } = this.view.header;
    // One at the edge cannot be centred: it must not hold the reader up.
    const leads = (stop) =>
      !same(clamp(over(this.view.range, stop), limits, minWidth), this.view.range);
    const stop = stopBeside((stops ?? []).filter(leads), this.view.range, step);
    if (!stop) return;
    this.view.go(over(this.view.range, stop), true);
    this.view.voice.announce(stop[2]);
  }

  travel(step) {
    this.view.past.rest(this.view.range); // a step just made can be undone at once
    const range = this.view.past.step(step);
    if (range) this.view.go(range, true);
  }
}
