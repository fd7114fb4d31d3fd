// Who spoke when in one session, kept in order of start, so that what is visible is found without looking at the rest.

const UNKNOWN = 'unknown';

export class Session {
  constructor({ stream, session_id, started_at, length_ms = null, speakers = [], turns = [] }) {
    this.stream = stream;
    this.id = session_id;
    this.startedAt = new Date(started_at);
    this.lengthMs = length_ms;
    this.speakers = new Map();
    this.turns = new Map();
    this.order = [];
    this.lanes = [];
    this.version = 0;
    this.longest = 0;
    this.counts = new Map();
    this.colours = new Map();
    this.anchor = { position: length_ms ?? 0, at: performance.now() };
    this.setSpeakers(speakers);
    for (const turn of turns) this.add(turn);
  }

  get hasEnded() {
    return this.lengthMs !== null;
  }

  /** How far the session is, milliseconds: between two reports it goes on by itself. */
  now() {
    if (this.hasEnded) return this.lengthMs;
    const since = Math.min(performance.now() - this.anchor.at, 1000);
    return this.anchor.position + since;
  }

  at(ms) {
    return new Date(this.startedAt.getTime() + ms);
  }

  setPosition(ms) {
    // Reports come a little early or late; the picture must not jump back for that.
    const expected = this.now();
    const position = Math.abs(ms - expected) < 300 ? expected + (ms - expected) * 0.1 : ms;
    this.anchor = { position, at: performance.now() };
  }

  end(ms) {
    this.lengthMs = ms;
    this.version++;
  }

  setSpeakers(speakers) {
    for (const speaker of speakers) this.speakers.set(speaker.id, speaker);
    this.version++;
  }

  /** Takes in a turn; an older revision than the one that is known changes nothing. */
  add(news) {
    const known = this.turns.get(news.n);
    if (known && known.revision > news.revision) return null;
    // A turn that ends where it begins was taken back.
    if (!news.open && news.end_ms <= news.start_ms) return this.#withdraw(known);
    const turn = known ?? { n: news.n };
    const moved = known && known.start !== news.start_ms;
    const changed = known && (known.speaker !== news.speaker || moved || (!known.open && known.end !== news.end_ms));
    if (moved) this.order.splice(this.order.indexOf(turn), 1);
    if (known) this.#count(known.speaker, -1);
    Object.assign(turn, {
      revision: news.revision, speaker: news.speaker, start: news.start_ms, end: news.end_ms, open: news.open, decided: news.decided, confidence: news.confidence,
    });
    this.#count(turn.speaker, 1);
    if (!known || moved) this.#insert(turn);
    this.turns.set(turn.n, turn);
    this.longest = Math.max(this.longest, turn.end - turn.start);
    this.version++;
    return { turn, changed };
  }

  /** All turns of one speaker are another one's. */
  renumber(from, to) {
    for (const turn of this.order) {
      if (turn.speaker !== from) continue;
      this.#count(from, -1);
      turn.speaker = to;
      this.#count(to, 1);
    }
    this.speakers.delete(from);
    this.version++;
  }

  /** Turns that touch the time from..to, in order of start. */
  between(from, to) {
    const found = [];
    const reach = Math.max(this.longest, 60000);
    for (let i = this.firstFrom(from - reach); i < this.order.length; i++) {
      const turn = this.order[i];
      if (turn.start > to) break;
      if (turn.open || turn.end >= from) found.push(turn);
    }
    return found;
  }

  /** Index of the first turn that starts at or after an instant. */
  firstFrom(ms) {
    let low = 0;
    let high = this.order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.order[middle].start < ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  endOf(turn) {
    return turn.open ? Math.max(turn.end, this.now()) : turn.end;
  }

  /** Lane of a speaker: its place from above; -1 for none. */
  laneOf(speaker) {
    return this.lanes.indexOf(speaker);
  }

  colourOf(speaker) {
    return speaker === UNKNOWN ? -1 : this.colours.get(speaker) ?? -1;
  }

  /** Seconds of speech of everybody, as far as turns are known. */
  speech() {
    const sums = new Map();
    for (const turn of this.order) sums.set(turn.speaker, (sums.get(turn.speaker) ?? 0) + this.endOf(turn) - turn.start);
    return sums;
  }

  #withdraw(turn) {
    if (!turn) return null;
    this.order.splice(this.order.indexOf(turn), 1);
    this.turns.delete(turn.n);
    this.#count(turn.speaker, -1);
    this.version++;
    return { turn, changed: false };
  }

  #insert(turn) {
    const last = this.order.at(-1);
    if (!last || last.start <= turn.start) this.order.push(turn);
    else this.order.splice(this.firstFrom(turn.start + 0.5), 0, turn);
  }

  #count(speaker, by) {
    const count = (this.counts.get(speaker) ?? 0) + by;
    this.counts.set(speaker, count);
    if (by > 0 && count === 1) this.#open(speaker);
    if (count === 0) this.lanes = this.lanes.filter(lane => lane !== speaker);
  }

  #open(speaker) {
    if (speaker === UNKNOWN) {
      this.lanes = [...this.lanes, speaker];
      return;
    }
    const people = this.lanes.filter(lane => lane !== UNKNOWN);
    this.lanes = this.lanes.length === people.length ? [...people, speaker] : [...people, speaker, UNKNOWN];
    if (this.colours.has(speaker)) return;
    const taken = new Set(people.map(lane => this.colours.get(lane)));
    let colour = 0;
    while (taken.has(colour)) colour++;
    this.colours.set(speaker, colour);
  }
}
