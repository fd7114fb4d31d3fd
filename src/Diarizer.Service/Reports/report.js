
'use strict';
// Zooming makes the canvas wider; what is in view is told on hovering. Without this script the page says the same in tables and close-ups.
const stops = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];
const widest = 8e6, pixelsASecond = 120, fineSeconds = 900;
const tip = document.getElementById('tip');

const clock = (seconds, digits) => {
  const tenths = Math.round(seconds * 10) / 10, whole = Math.floor(tenths + 1e-9);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return (h ? h + ':' + String(m).padStart(2, '0') : m) + ':' + String(s).padStart(2, '0') + (digits ? '.' + Math.round((tenths - whole) * 10) : '');
};

// The rectangles of a lane are read back from its paths: "M<start> <top>h<length>v...".
const spans = group => group.spans ??= [...group.querySelectorAll('path')].flatMap(path =>
  [...path.getAttribute('d').matchAll(/M([\d.]+) [\d.]+h([\d.]+)/g)].map(m => [+m[1], +m[1] + +m[2]]));

function setUp(chart) {
  const from = +chart.dataset.from, length = +chart.dataset.seconds;
  const scroll = chart.querySelector('.scroll'), canvas = chart.querySelector('.canvas'), axis = chart.querySelector('.axis'), svg = chart.querySelector('svg');
  const groups = [...svg.querySelectorAll('g')];
  let zoom = 1;

  const ticks = () => {
    const scale = canvas.clientWidth / length, step = stops.find(s => s * scale >= 90) ?? 14400;
    axis.querySelectorAll('i').forEach(i => i.remove());
    const first = Math.ceil((from + scroll.scrollLeft / scale - step) / step), last = from + Math.min(length - 40 / scale, (scroll.scrollLeft + scroll.clientWidth) / scale);
    for (let i = Math.max(first, Math.ceil(from / step)); i * step <= last; i++) {
      const tick = document.createElement('i');
      tick.style.left = 100 * (i * step - from) / length + '%';
      tick.textContent = clock(i * step, step < 1);
      axis.append(tick);
    }
  };
  const show = (wanted, at, x) => {
    zoom = Math.max(1, Math.min(wanted, Math.min(widest, length * pixelsASecond) / scroll.clientWidth));
    canvas.style.width = 100 * zoom + '%';
    chart.classList.toggle('fine', length / zoom <= fineSeconds);
    scroll.scrollLeft = (at - from) / length * canvas.clientWidth - x;
    ticks();
  };
  const timeAt = x => from + (scroll.scrollLeft + x) / canvas.clientWidth * length;

  if (chart.classList.contains('zooms')) {
    const tools = chart.previousElementSibling;
    tools.hidden = false;
    tools.addEventListener('click', e => {
      const factor = e.target.dataset.zoom;
      if (factor) show(+factor ? zoom * factor : 1, timeAt(scroll.clientWidth / 2), scroll.clientWidth / 2);
    });
    scroll.addEventListener('wheel', e => {
      if (!e.ctrlKey) return;
      e.preventDefault();
      const x = e.clientX - scroll.getBoundingClientRect().left;
      show(zoom * Math.exp(-e.deltaY / 300), timeAt(x), x);
    }, { passive: false });
    scroll.addEventListener('keydown', e => {
      const factor = { '+': 2, '=': 2, '-': 0.5, '0': 0 }[e.key];
      if (factor !== undefined && !e.ctrlKey) show(factor ? zoom * factor : 1, timeAt(scroll.clientWidth / 2), scroll.clientWidth / 2);
    });
    scroll.addEventListener('scroll', ticks, { passive: true });
    chart.goTo = (start, end) => {
      const shown = Math.max(12, (end - start) * 2);
      show(length / shown, (start + end) / 2, scroll.clientWidth / 2);
    };
  }

  svg.addEventListener('pointermove', e => {
    const box = svg.getBoundingClientRect(), t = (e.clientX - box.left) / box.width * length;
    const named = role => groups.filter(g => g.classList.contains(role) && spans(g).some(([a, b]) => a <= t && t < b)).map(g => g.dataset.name).join(', ') || 'nobody';
    const wrong = named('err');
    tip.textContent = clock(from + t, true) + '\nspeaks: ' + named('ref') + '\nheard: ' + named('hyp') + (wrong === 'nobody' ? '' : '\n' + wrong);
    tip.hidden = false;
    tip.style.left = Math.min(e.clientX + 14, innerWidth - tip.offsetWidth - 8) + 'px';
    tip.style.top = Math.min(e.clientY + 16, innerHeight - tip.offsetHeight - 8) + 'px';
  });
  svg.addEventListener('pointerleave', () => { tip.hidden = true; });
}

document.querySelectorAll('.chart').forEach(setUp);
document.addEventListener('click', e => {
  const link = e.target.closest?.('a[data-at]'), chart = link && document.querySelector(link.getAttribute('href') + ' .zooms');
  if (chart) {
    chart.goTo(+link.dataset.at, +link.dataset.to);
    chart.querySelector('.scroll').focus({ preventScroll: true });
  }
});
