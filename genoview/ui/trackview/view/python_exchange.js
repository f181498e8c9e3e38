// Answers of Python, drawn one at a time and the newest only; and what the reader did, to Python.
import { bases } from "../canvas/range.js";
import { setRange } from "../wire/page_address.js";
import { split } from "../wire/payload.js";

/** @import { Act, Header, ViewportReport } from "../wire/types.d.ts" */
/** @import { TrackView } from "./track_view.js" */
/** @typedef {ReturnType<typeof split>} Answer */

const PATIENCE = 2000; // ms after which even an answer to an older viewport is better than none

export class PythonExchange {
  sequence = 0; // of the last viewport that was reported
  drawing = false;
  /** @type {Answer | null} the newest that is not drawn yet */
  waiting = null;
  /** @type {Uint8Array | undefined} */
  last;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  patience;
  /** @type {(report: ViewportReport) => void} */
  onReport = () => {};
  /** @type {(act: Act) => void} */
  onAct = () => {};

  /** @param {TrackView} view */
  constructor(view) {
    this.view = view;
  }

  /**
   * An answer, and where to send what comes next.
   * @param {Uint8Array<ArrayBuffer>} data
   * @param {(report: ViewportReport) => void} onReport
   * @param {(act: Act) => void} onAct
   */
  receive(data, onReport, onAct) {
    this.onReport = onReport;
    this.onAct = onAct;
    if (data === this.last) return;
    this.last = data;
    try {
      this.waiting = split(data);
    } catch (error) {
      this.view.announcements.fail(error);
      return;
    }
    this.sequence = Math.max(this.sequence, this.waiting.header.answers);
    this.next();
  }

  /** Draw what waits. */
  async next() {
    if (this.drawing || !this.waiting || !this.view.width()) return;
    if (this.isLate(this.waiting.header)) return;
    clearTimeout(this.patience);
    const answer = this.waiting;
    this.waiting = null;
    this.drawing = true;
    try {
      await this.view.draw(answer);
    } catch (error) {
      this.view.announcements.fail(error);
    }
    this.drawing = false;
    if (!this.view.removed.signal.aborted) this.next();
  }

  /**
   * Answers an older viewport than the last one reported: a newer answer is on its way.
   * @param {Header} header
   */
  isLate(header) {
    const stands = header.tiles || header.answers >= this.sequence;
    if (header.subject !== this.view.subject || stands) return false;
    clearTimeout(this.patience);
    this.patience = setTimeout(() => {
      if (this.waiting) this.waiting.header.answers = this.sequence;
      this.next();
    }, PATIENCE);
    return true;
  }

  /** What is in view, as a new viewport: in the page's address, and to Python. */
  report() {
    this.sequence += 1;
    this.nameRange();
    this.sendViewport();
  }

  /** The same viewport; without tiles Python answers with a figure. */
  sendViewport() {
    const [start, end] = this.view.range;
    this.onReport({ start, end, subject: this.view.subject ?? "", sequence: this.sequence });
  }

  /** What the reader did; the view where it is done goes first. @param {Act} act */
  send(act) {
    this.nameRange();
    this.onAct(act);
  }

  nameRange() {
    const { header, range } = this.view;
    setRange(header.linkParam, bases(range, header.origin).join("-"));
  }

  stop() {
    clearTimeout(this.patience);
  }
}
