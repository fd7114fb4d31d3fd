// The time axis: where its lines are.

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400].map(s => s * 1000);

/** Step between two labels that leaves them room. */
export function stepFor(pixelsPerMs, room) {
  return steps.find(step => step * pixelsPerMs >= room) ?? steps.at(-1);
}

/** Instants of the lines between from and to, on round wall clock times. */
export function* ticks(session, from, to, step) {
  const zone = session.startedAt.getTimezoneOffset() * 60000;
  const origin = session.startedAt.getTime() - zone;
  for (let t = Math.ceil((origin + from) / step) * step - origin; t <= to; t += step) yield t;
}
