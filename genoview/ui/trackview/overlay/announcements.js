// What the view says: the interval beside its buttons, a status for screen readers, errors.
import { groundOf } from "../canvas/plotly.js";
import { inWords } from "../canvas/range.js";
import { element } from "./dom.js";

/** @import { TrackView } from "../view/track_view.js" */

const KEYS =
  "Arrow keys pan, plus and minus zoom, F and B go to the next and the previous gene, " +
  "V goes back to the variant, C opens the next card in view and Shift with C the previous, Enter goes into it, " +
  "Home shows the whole window, question mark lists all keys.";

export class Announcements {
  /** @param {TrackView} view */
  constructor(view) {
    this.view = view;
    this.place = element("p", "tv-place");
    this.status = element("p", "tv-status", { role: "status", "aria-live": "polite" });
    this.error = element("p", "tv-error", { role: "alert" });
    this.error.hidden = true;
  }

  words() {
    const { chrom, origin } = this.view.header;
    return inWords(this.view.range, chrom, origin);
  }

  /** What the figure shows, in words; the frame around it takes the figure's ground. */
  describe() {
    const { root, box, header, figure } = this.view;
    root.style.backgroundColor = groundOf(figure.layout) ?? "";
    const rows = header.summary ? ` Rows: ${header.summary}.` : "";
    box.setAttribute("aria-label", `Genome tracks.${rows} ${KEYS}`);
    this.announce();
  }

  /** The interval beside the buttons, which follows every frame of a gesture. */
  showPlace() {
    const { history, range, header, toolbar } = this.view;
    const { limits } = header;
    this.place.textContent = this.words();
    toolbar.show({
      undo: history.can(-1, range),
      redo: history.can(1, range),
      bp: range[1] - range[0],
      whole: limits[1] - limits[0],
      variant: header.variant !== null,
    });
  }

  /** The same for a screen reader, once a gesture has ended; `name` is what it led to. */
  announce(name = "") {
    if (name) this.named = { name, words: this.words() };
    const known = this.named?.words === this.words() ? this.named.name : "";
    const text = known ? `${known}, ${this.words()}` : `Showing ${this.words()}`;
    if (this.status.textContent !== text) this.status.textContent = text;
    this.showPlace();
  }

  /** Something else than a place, for a screen reader. @param {string} words */
  say(words) {
    this.status.textContent = words;
  }

  /**
   * One sentence in place; what was drawn before stays. `null` takes it away.
   * @param {unknown} error
   */
  fail(error) {
    this.error.hidden = !error;
    if (!error) return;
    console.warn("track view:", error);
    const words = error instanceof Error ? error.message : error;
    this.error.textContent =
      `The tracks could not be drawn (${words}); reload the page, ` +
      "and if it stays so, choose fewer tracks or a narrower locus.";
  }
}
