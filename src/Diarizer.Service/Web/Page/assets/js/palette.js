// Colours of the lanes. Neighbours differ in lightness as well as in hue, so that they can be told apart by people who confuse hues; the label of a lane says the rest.

const light = ['#1d68a7', '#c2500c', '#0f7a5c', '#7c4bb3', '#b23a6d', '#6d6200', '#0a7285', '#8a4b2a'];
const dark = ['#74b6f2', '#f4965c', '#56c99a', '#c3a0f5', '#f291bd', '#d8c550', '#5fcbdb', '#d2a07c'];

/** What the canvases paint with, read from the style sheet. */
export class Palette {
  constructor() {
    this.read();
  }

  /** Called after the theme changed. */
  read() {
    const style = getComputedStyle(document.documentElement);
    const of = name => style.getPropertyValue(name).trim();
    this.lanes = of('--scheme') === 'dark' ? dark : light;
    this.text = of('--text');
    this.muted = of('--muted');
    this.line = of('--line');
    this.surface = of('--surface');
    this.unknown = of('--unknown');
    this.overlap = of('--overlap');
    this.now = of('--accent');
    this.mark = of('--mark');
    this.hatches = new Map();
  }

  lane(index) {
    return index < 0 ? this.unknown : this.lanes[index % this.lanes.length];
  }

  /** Diagonal lines in a colour: something that is not settled. */
  hatch(context, colour) {
    let pattern = this.hatches.get(colour);
    if (!pattern) {
      const tile = new OffscreenCanvas(8, 8);
      const pen = tile.getContext('2d');
      pen.strokeStyle = colour;
      pen.lineWidth = 1.6;
      pen.beginPath();
      for (const shift of [-8, 0, 8]) {
        pen.moveTo(shift - 2, 10);
        pen.lineTo(shift + 10, -2);
      }
      pen.stroke();
      pattern = context.createPattern(tile, 'repeat');
      this.hatches.set(colour, pattern);
    }
    return pattern;
  }
}
