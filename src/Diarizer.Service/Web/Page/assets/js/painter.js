// Paints a stretch of a session: lanes from above, time from left to right. Knows nothing of pointers or keys.

import { stepFor, ticks } from './axis.js';
import { clock, clockMinutes } from './format.js';

export const axisHeight = 28;
const flashMs = 2500;
const manyTurns = 600;

/** Paints. view: { from, to } in milliseconds, width, height, laneHeight in CSS pixels; marks: { hovered, selected, flashes }. */
export function paint(context, session, view, palette, marks) {
  const scale = view.width / (view.to - view.from);
  const x = ms => (ms - view.from) * scale;
  context.clearRect(0, 0, view.width, view.height);
  const turns = session.between(view.from, view.to);
  paintAxis(context, session, view, palette, x, scale);
  paintOverlap(context, session, turns, view, palette, x);
  const rows = new Map(session.lanes.map(lane => [lane, []]));
  for (const turn of turns) rows.get(turn.speaker).push(turn);
  let top = axisHeight;
  for (const [lane, heard] of rows) {
    paintLane(context, heard, session, { ...view, top, lanes: rows.size }, palette.lane(session.colourOf(lane)), palette, x);
    top += view.laneHeight;
  }
  paintMarks(context, session, view, palette, marks, x, rows);
  paintNow(context, session, view, palette, x);
}

/** Where a turn is drawn: { left, top, width, height }. */
export function boxOf(turn, session, view) {
  const scale = view.width / (view.to - view.from);
  const pad = padOf(view);
  const left = (turn.start - view.from) * scale;
  return {
    left, top: axisHeight + session.laneOf(turn.speaker) * view.laneHeight + pad, width: Math.max(2, (session.endOf(turn) - turn.start) * scale), height: view.laneHeight - 2 * pad,
  };
}

const padOf = view => Math.max(4, view.laneHeight * 0.2);

function paintLane(context, turns, session, view, colour, palette, x) {
  const pad = padOf(view);
  const [top, height] = [view.top + pad, view.laneHeight - 2 * pad];
  const path = new Path2D();
  let run = null;
  context.fillStyle = colour;
  const flush = () => {
    if (!run) return;
    const width = run.right - run.left;
    // Among thousands of strokes round corners are not seen, and whole pixels are cheap.
    if (width < 10 && turns.length * view.lanes > manyTurns) context.fillRect(Math.round(run.left), top, Math.max(1, Math.round(width)), height);
    else path.roundRect(run.left, top, width, height, Math.min(5, width / 2));
    run = null;
  };
  for (const turn of turns) {
    const left = Math.max(-20, x(turn.start));
    const right = Math.min(view.width + 20, x(session.endOf(turn)));
    // What is only a stroke wide needs no hatching.
    if (!turn.decided && right - left > 3) {
      paintProvisional(context, left, right - left, top, height, colour, palette);
      continue;
    }
    // Turns too narrow to be told apart are one bar: a day fits the screen without a day's work.
    if (run && left - run.right < 1) {
      run.right = Math.max(run.right, right);
      continue;
    }
    flush();
    run = { left, right: Math.max(right, left + 1.5) };
  }
  flush();
  context.fill(path);
}

function paintProvisional(context, left, width, top, height, colour, palette) {
  context.save();
  context.beginPath();
  context.roundRect(left, top, width, height, Math.min(5, width / 2));
  context.globalAlpha = 0.22;
  context.fill();
  context.globalAlpha = 0.8;
  context.fillStyle = palette.hatch(context, colour);
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = colour;
  context.lineWidth = 1.25;
  context.setLineDash([4, 3]);
  context.stroke();
  context.restore();
}

function paintAxis(context, session, view, palette, x, scale) {
  const step = stepFor(scale, 84);
  const label = step < 60000 ? clock : clockMinutes;
  const room = step < 60000 ? 52 : 36;
  context.font = '11px system-ui, sans-serif';
  context.textBaseline = 'middle';
  context.fillStyle = palette.muted;
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.beginPath();
  for (const t of ticks(session, view.from - step, view.to, step)) {
    const at = Math.round(x(t)) + 0.5;
    context.moveTo(at, axisHeight - 6);
    context.lineTo(at, view.height);
    if (at > -2 && at < view.width - room) context.fillText(label(session.at(t)), at + 5, 11);
  }
  for (let row = 0; row <= session.lanes.length; row++) {
    const y = axisHeight + row * view.laneHeight + 0.5;
    context.moveTo(0, y);
    context.lineTo(view.width, y);
  }
  context.stroke();
}

function paintOverlap(context, session, turns, view, palette, x) {
  let reach = -Infinity;
  let painted = -Infinity;
  const path = new Path2D();
  const tint = new Path2D();
  for (const turn of turns) {
    const end = session.endOf(turn);
    const until = Math.min(reach, end);
    if (turn.start < until && x(until) - painted > 0.5) {
      const left = Math.max(x(turn.start), painted);
      const width = Math.max(1.5, x(until) - left);
      path.rect(left, axisHeight - 5, width, 4);
      if (width > 2) tint.rect(left, axisHeight, width, session.lanes.length * view.laneHeight);
      painted = left + width;
    }
    reach = Math.max(reach, end);
  }
  context.fillStyle = palette.overlap;
  context.fill(path);
  context.globalAlpha = 0.13;
  context.fill(tint);
  context.globalAlpha = 1;
}

function paintMarks(context, session, view, palette, marks, x, rows) {
  const outline = (turn, colour, width, grow) => {
    if (!rows.has(turn.speaker)) return;
    const { left, top, width: wide, height } = boxOf(turn, session, view);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.roundRect(left - grow, top - grow, wide + 2 * grow, height + 2 * grow, 6);
    context.stroke();
  };
  const now = performance.now();
  for (const [n, since] of marks.flashes) {
    const turn = session.turns.get(n);
    if (now - since > flashMs || !turn) {
      marks.flashes.delete(n);
      continue;
    }
    context.globalAlpha = marks.still ? 1 : 1 - (now - since) / flashMs;
    outline(turn, palette.mark, 2.5, 3);
  }
  context.globalAlpha = 1;
  if (marks.hovered) outline(marks.hovered, palette.text, 1, 1.5);
  if (marks.selected) outline(marks.selected, palette.text, 2, 2.5);
}

function paintNow(context, session, view, palette, x) {
  if (session.hasEnded) return;
  const at = x(session.now());
  if (at < 0 || at > view.width) return;
  context.strokeStyle = context.fillStyle = palette.now;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(at, axisHeight - 8);
  context.lineTo(at, view.height);
  context.stroke();
  context.beginPath();
  context.arc(at, axisHeight - 8, 3.5, 0, 7);
  context.fill();
}
