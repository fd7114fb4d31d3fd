// Time from an event leaving the daemon's core to its picture, of the last events.

const kept = 256;
const pending = [];

export const latencies = [];

/** A page that nobody sees is not painted, and is not measured. */
export function arrived(sentMs) {
  if (!document.hidden) pending.push(sentMs);
}

document.addEventListener('visibilitychange', () => { pending.length = 0; });

const channel = new MessageChannel();
channel.port1.onmessage = ({ data }) => {
  const now = performance.timeOrigin + performance.now();
  for (const sent of data) latencies.push(Math.max(0, now - sent));
  latencies.splice(0, latencies.length - kept);
};

/** Called at the end of a frame; what is posted now is handled after the browser has painted it. */
export function painted() {
  if (pending.length > 0) channel.port2.postMessage(pending.splice(0));
}

/** A quantile of them, milliseconds; null before the first. */
export function quantile(q) {
  const ordered = [...latencies].sort((a, b) => a - b);
  return ordered.length === 0 ? null : ordered[Math.ceil(q * ordered.length) - 1];
}
