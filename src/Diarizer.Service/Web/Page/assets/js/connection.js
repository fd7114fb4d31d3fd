// The way to the daemon: events from it, commands to it.

const names = ['snapshot', 'turn', 'renumbered', 'speakers', 'session', 'speech', 'status', 'incident', 'meter', 'node', 'people'];
const again = 2000;

/** Listens for ever. handlers: one function for each event, and link(state) for 'open' and 'lost'. */
export function listen(handlers) {
  const source = new EventSource('/api/events');
  for (const name of names) source.addEventListener(name, event => handlers[name](JSON.parse(event.data)));
  source.onopen = () => handlers.link('open');
  source.onerror = async () => {
    handlers.link('lost');
    if (source.readyState !== EventSource.CLOSED) return;
    // The browser gives up for good after an answer that is no stream: a missing token, or too many pages.
    if (await asksForToken()) await logIn();
    else await new Promise(resolve => setTimeout(resolve, again));
    listen(handlers);
  };
}

/** Has the daemon do something; resolves to its data, rejects with its sentence. */
export async function command(name, data) {
  const response = await fetch(`/api/commands/${name}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ data }) });
  if (!response.headers.get('Content-Type')?.startsWith('application/json')) throw new Error(await response.text());
  const answer = await response.json();
  if (answer.status !== 'ok') throw new Error(answer.error);
  return answer.data;
}

export async function read(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

async function asksForToken() {
  try {
    return (await fetch('/api/sessions')).status === 401;
  } catch {
    return false;
  }
}

function logIn() {
  const dialog = document.querySelector('#login');
  const form = dialog.querySelector('form');
  const answer = dialog.querySelector('.answer');
  dialog.oncancel = event => event.preventDefault();
  dialog.showModal();
  return new Promise(resolve => {
    form.onsubmit = async event => {
      event.preventDefault();
      const response = await fetch('/api/login', {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token: form.elements.token.value }),
      });
      answer.textContent = response.ok ? '' : await response.text();
      if (!response.ok) return;
      form.reset();
      dialog.close();
      resolve();
    };
  });
}
