// Fills the page with a working day of turns and moves through it; gives frames a second and memory. Run in the page by bench/page.py.
(async (hours, seconds) => {
  const { rooms } = await import('/js/main.js');
  const { Session } = await import('/js/session.js');
  let seed = 7;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  const speakers = [1, 2, 3, 4, 5, 6].map(n => ({ id: `s${n}`, name: n === 1 ? 'Chair' : null, enrolled: false, speech_s: 0 }));
  const turns = [];
  for (let at = 0, n = 1; at < hours * 3600000; n++) {
    const length = 400 + random() * random() * 12000;
    turns.push({
      n, revision: 3, speaker: `s${1 + Math.floor(random() * 6)}`, start_ms: Math.round(at), end_ms: Math.round(at + length), open: false, decided: random() > 0.02, confidence: 0.9,
    });
    at += length + (random() < 0.12 ? -800 * random() : 900 * random());
  }
  const room = [...rooms.values()][0];
  const session = new Session({ stream: room.name, session_id: 'day', started_at: new Date(Date.now() - hours * 3600000).toISOString(), length_ms: hours * 3600000, speakers, turns });
  room.show(session);
  document.querySelector('.table').open = true;
  const { timeline } = room;
  const frames = [];
  const run = (name, move) => new Promise(resolve => {
    let last = 0;
    let began = 0;
    const times = [];
    const tick = time => {
      began ||= time;
      if (last) times.push(time - last);
      last = time;
      if (time - began > seconds * 1000) {
        times.sort((a, b) => a - b);
        const whole = times.reduce((sum, t) => sum + t, 0);
        frames.push({ name, count: times.length, fps: (1000 * times.length) / whole, p95: times[Math.floor(times.length * 0.95)] });
        resolve();
        return;
      }
      move((time - began) / (seconds * 1000));
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const all = hours * 3600000;
  for (const [name, span] of [['1 minute', 60000], ['10 minutes', 600000], ['1 hour', 3600000], ['8 hours', all * 0.9]]) {
    timeline.span = span;
    await run(`scroll, ${name} on screen`, share => timeline.centre(all * share));
  }
  timeline.span = all;
  timeline.centre(all / 2);
  await run('zoom, 8 hours to 10 seconds and back', share => {
    timeline.span = all * Math.exp(Math.log(10000 / all) * (1 - Math.abs(2 * share - 1)));
    timeline.centre(all * 0.6);
  });
  return { turns: turns.length, frames, heap: performance.memory.usedJSHeapSize };
})
