// The timeline of one room: what stretch of the session is seen, and what pointer and keys do to it.

import { axisHeight, boxOf, paint } from './painter.js';
import { painted } from './latency.js';

const shortest = 2000;
const margin = 0.04;
const frameMs = 33;
const still = matchMedia('(prefers-reduced-motion: reduce)');
const narrow = matchMedia('(max-width: 40rem)');

export class Timeline {
  /** events: { pick(turn), see(turn, box), moved() } */
  constructor(canvas, palette, events) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
    this.palette = palette;
    this.events = events;
    this.session = null;
    this.span = narrow.matches ? 25000 : 60000;
    this.from = 0;
    this.isLive = true;
    this.marks = { hovered: null, selected: null, flashes: new Map(), still: still.matches };
    this.isDirty = true;
    this.drawnAt = 0;
    this.size = { width: 0, height: 0 };
    this.#listen();
  }

  get laneHeight() {
    return narrow.matches ? 32 : 38;
  }

  show(session) {
    this.session = session;
    this.marks.hovered = this.marks.selected = null;
    this.marks.flashes.clear();
    this.isLive = !session.hasEnded;
    if (session.hasEnded) this.showAll();
    this.isDirty = true;
  }

  get to() {
    return this.from + this.span;
  }

  flash(turn) {
    this.marks.flashes.set(turn.n, performance.now());
    this.isDirty = true;
  }

  follow(live) {
    this.isLive = live && !this.session?.hasEnded;
    this.isDirty = true;
    this.events.moved();
  }

  /** Sees the time around an instant. */
  centre(ms) {
    this.#move(ms - this.span / 2);
  }

  pan(ms) {
    this.#move(this.from + ms);
  }

  zoom(factor, around = null) {
    const pivot = around ?? (this.isLive ? this.session.now() : this.from + this.span / 2);
    const longest = Math.max(60000, this.session.now() * 1.1);
    const span = Math.min(longest, Math.max(shortest, this.span * factor));
    const share = (pivot - this.from) / this.span;
    this.span = span;
    if (this.isLive) this.isDirty = true;
    else this.#move(pivot - share * span);
    this.events.moved();
  }

  showAll() {
    if (!this.session) return;
    this.span = Math.max(10000, this.session.now() * 1.02);
    this.isLive = false;
    this.#move(0);
  }

  /** Paints when there is something new to see; called once a frame. */
  frame(time) {
    const { session } = this;
    if (!session || this.size.width === 0) return;
    if (this.isLive) this.from = this.#liveFrom();
    const flows = !session.hasEnded && (this.isLive || session.now() < this.to + 1000);
    const waits = time - this.drawnAt < (still.matches ? 1000 : frameMs);
    if (!this.isDirty && (!(flows || this.marks.flashes.size > 0) || waits)) return;
    this.isDirty = false;
    this.drawnAt = time;
    const ratio = Math.min(devicePixelRatio, 2);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(this.context, session, this.#view(), this.palette, this.marks);
    painted();
    this.events.moved();
  }

  resize(lanes) {
    const width = this.canvas.parentElement.clientWidth;
    const height = axisHeight + Math.max(lanes, 2) * this.laneHeight + 6;
    if (width === this.size.width && height === this.size.height) return;
    const ratio = Math.min(devicePixelRatio, 2);
    this.size = { width, height };
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.canvas.style.height = `${height}px`;
    this.isDirty = true;
  }

  #view() {
    return { from: this.from, to: this.to, width: this.size.width, height: this.size.height, laneHeight: this.laneHeight };
  }

  /** A little before the session began, so that its first turn does not touch the edge. */
  #first() {
    return -this.span * 0.01;
  }

  /** Now is near the right edge, once the session is long enough for that. */
  #liveFrom() {
    return Math.max(this.#first(), this.session.now() - this.span * (1 - margin));
  }

  #move(from) {
    const last = this.#liveFrom();
    if (from >= last && !this.session.hasEnded) {
      this.isLive = true;
    } else {
      this.isLive = false;
      this.from = Math.max(Math.min(this.#first(), last), Math.min(from, last));
    }
    this.isDirty = true;
    this.events.moved();
  }

  #turnAt(x, y) {
    const { session } = this;
    const row = Math.floor((y - axisHeight) / this.laneHeight);
    const speaker = session?.lanes[row];
    if (!speaker) return null;
    const slack = (4 * this.span) / this.size.width;
    const ms = this.from + (x / this.size.width) * this.span;
    let nearest = null;
    for (const turn of session.between(ms - slack, ms + slack)) {
      if (turn.speaker === speaker && turn.start - slack <= ms && session.endOf(turn) + slack >= ms) nearest = turn;
    }
    return nearest;
  }

  #hover(turn) {
    if (this.marks.hovered === turn) return;
    this.marks.hovered = turn;
    this.isDirty = true;
    this.#tell();
  }

  #select(turn) {
    this.marks.selected = turn;
    this.isDirty = true;
    if (turn && (turn.start < this.from || turn.start > this.to)) this.centre(turn.start);
    this.#tell();
  }

  #tell() {
    const turn = this.marks.hovered ?? this.marks.selected;
    this.events.see(turn, turn && boxOf(turn, this.session, this.#view()));
  }

  #step(by) {
    const { session } = this;
    const { order } = session;
    const at = this.marks.selected ? order.indexOf(this.marks.selected) + by : session.firstFrom(this.to) - 1;
    const turn = order[Math.max(0, Math.min(order.length - 1, at))];
    if (turn) this.#select(turn);
  }

  #listen() {
    const { canvas } = this;
    const pointers = new Map();
    let dragged = 0;
    let pinch = 0;
    canvas.addEventListener('wheel', event => {
      event.preventDefault();
      const perPixel = this.span / this.size.width;
      if (event.ctrlKey || event.metaKey) this.zoom(Math.exp(event.deltaY * 0.004), this.from + event.offsetX * perPixel);
      else this.pan((event.deltaX + event.deltaY) * perPixel);
    }, { passive: false });
    canvas.addEventListener('pointerdown', event => {
      canvas.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, event.offsetX);
      dragged = 0;
      pinch = 0;
    });
    canvas.addEventListener('pointermove', event => {
      const before = pointers.get(event.pointerId);
      if (before === undefined) {
        this.#hover(this.#turnAt(event.offsetX, event.offsetY));
        return;
      }
      pointers.set(event.pointerId, event.offsetX);
      if (pointers.size === 2) {
        const [a, b] = pointers.values();
        const distance = Math.max(20, Math.abs(a - b));
        if (pinch > 0) this.zoom(pinch / distance, this.from + ((a + b) / 2 / this.size.width) * this.span);
        pinch = distance;
        dragged = 99;
        return;
      }
      dragged += Math.abs(event.offsetX - before);
      if (dragged > 4) this.pan((before - event.offsetX) * (this.span / this.size.width));
    });
    const release = event => pointers.delete(event.pointerId);
    canvas.addEventListener('pointercancel', release);
    canvas.addEventListener('pointerup', event => {
      release(event);
      if (dragged > 4) return;
      const turn = this.#turnAt(event.offsetX, event.offsetY);
      if (turn) this.events.pick(turn);
    });
    canvas.addEventListener('pointerleave', () => this.#hover(null));
    canvas.addEventListener('keydown', event => this.#key(event));
    canvas.addEventListener('blur', () => this.#select(null));
    still.addEventListener('change', () => { this.marks.still = still.matches; });
  }

  #key(event) {
    if (!this.session || event.altKey || event.ctrlKey || event.metaKey) return;
    const keys = {
      ArrowLeft: () => (event.shiftKey ? this.pan(-this.span / 4) : this.#step(-1)),
      ArrowRight: () => (event.shiftKey ? this.pan(this.span / 4) : this.#step(1)),
      PageUp: () => this.pan(-this.span),
      PageDown: () => this.pan(this.span),
      Home: () => this.#move(0),
      End: () => this.follow(true),
      '+': () => this.zoom(1 / 1.5),
      '=': () => this.zoom(1 / 1.5),
      '-': () => this.zoom(1.5),
      0: () => this.showAll(),
      Enter: () => this.marks.selected && this.events.pick(this.marks.selected),
      Escape: () => this.#select(null),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }
}
