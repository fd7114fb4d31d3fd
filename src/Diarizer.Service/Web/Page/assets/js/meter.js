// How loud a room is: a bar for the level, a line for the peak of the last seconds.

const floor = -60;
const holdMs = 1500;

export class Meter {
  constructor(element) {
    this.element = element;
    this.bar = element.querySelector('.bar');
    this.line = element.querySelector('.peak');
    this.held = floor;
    this.heldAt = 0;
    this.toldAt = 0;
  }

  set(level, peak) {
    const now = performance.now();
    if (peak >= this.held || now - this.heldAt > holdMs) {
      this.held = Math.max(floor, peak);
      this.heldAt = now;
    }
    this.bar.style.transform = `scaleX(${share(level)})`;
    this.line.style.transform = `translateX(${share(this.held) * 100}%)`;
    this.element.classList.toggle('loud', this.held > -1);
    // Whoever listens to it does not want to hear it ten times a second.
    if (now - this.toldAt < 1000) return;
    this.toldAt = now;
    const decibels = Math.round(Math.max(floor, level));
    this.element.setAttribute('aria-valuenow', decibels);
    this.element.setAttribute('aria-valuetext', level <= floor ? 'silence' : `${decibels} decibels`);
  }
}

function share(decibels) {
  return Math.min(1, Math.max(0, 1 - decibels / floor));
}
