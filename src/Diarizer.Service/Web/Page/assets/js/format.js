// Times and names as people read them.

const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

const two = number => String(number).padStart(2, '0');

/** Wall clock of an instant, with seconds or tenths of them. */
export function clock(date, tenths = false) {
  const base = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return tenths ? `${base}.${Math.floor(date.getMilliseconds() / 100)}` : base;
}

export const clockMinutes = date => `${two(date.getHours())}:${two(date.getMinutes())}`;

export const dayAndTime = date => day.format(date);

/** A length: "3.2 s", "4 min 10 s", "2 h 5 min". */
export function length(ms) {
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** What a speaker is called: by name, else by number. */
export function called(id, name) {
  if (name) return name;
  if (id === 'unknown') return 'Unknown';
  return id.startsWith('p') ? `Person ${id.slice(1)}` : `Speaker ${id.slice(1)}`;
}
