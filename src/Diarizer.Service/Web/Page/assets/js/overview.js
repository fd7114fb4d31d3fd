// The whole session in a strip: where the timeline is in it, and a way to go elsewhere.

const height = 26;

export class Overview {
  constructor(canvas, frame, palette, timeline) {
    Object.assign(this, { canvas, frame, palette, timeline, version: -1, drawnAt: 0, width: 0 });
    this.context = canvas.getContext('2d');
    const go = event => {
      const { session } = timeline;
      if (session) timeline.centre((event.offsetX / this.width) * this.#length(session));
    };
    canvas.addEventListener('pointerdown', event => {
      canvas.setPointerCapture(event.pointerId);
      go(event);
    });
    canvas.addEventListener('pointermove', event => event.buttons > 0 && go(event));
  }

  resize() {
    const width = this.canvas.parentElement.clientWidth;
    if (width === this.width) return;
    const ratio = Math.min(devicePixelRatio, 2);
    this.width = width;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.version = -1;
  }

  /** Paints what is new, at most once a second, and moves the window. */
  frameAt(time) {
    const { session } = this.timeline;
    if (!session || this.width === 0) return;
    if (session.version !== this.version && (this.version < 0 || time - this.drawnAt > 1000)) this.#paint(session, time);
    const scale = this.width / this.#length(session);
    const left = Math.max(0, this.timeline.from * scale);
    const right = Math.min(this.width, this.timeline.to * scale);
    this.frame.style.transform = `translateX(${left}px)`;
    this.frame.style.width = `${Math.max(6, right - left)}px`;
  }

  #length(session) {
    return Math.max(session.now(), 60000);
  }

  #paint(session, time) {
    this.version = session.version;
    this.drawnAt = time;
    const { context, width } = this;
    context.clearRect(0, 0, width, height);
    const scale = width / this.#length(session);
    const row = (height - 6) / Math.max(session.lanes.length, 3);
    const reach = new Map();
    for (const turn of session.order) {
      const left = turn.start * scale;
      const right = Math.max(session.endOf(turn) * scale, left + 0.75);
      // What lies within the same half pixel as what was painted last is not seen.
      if (right - (reach.get(turn.speaker) ?? -1) < 0.5) continue;
      reach.set(turn.speaker, right);
      context.fillStyle = this.palette.lane(session.colourOf(turn.speaker));
      context.fillRect(left, 3 + session.laneOf(turn.speaker) * row, right - left, Math.max(1, row - 0.5));
    }
  }
}
