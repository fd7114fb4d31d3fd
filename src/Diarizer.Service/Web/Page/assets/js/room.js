// One room on the page: its state, its timeline, what can be done with it.

import { command, read } from './connection.js';
import { called, clock, dayAndTime, length } from './format.js';
import { Meter } from './meter.js';
import { Overview } from './overview.js';
import { Session } from './session.js';
import { Timeline } from './timeline.js';
import { TurnTable } from './turnTable.js';

const statusWords = { online: 'listening', muted: 'muted', degraded: 'device gone', offline: 'ended' };
const keys = 'Left and right arrow: from turn to turn. With shift: move. Plus and minus: zoom. Home: start. End: live. 0: whole session. Enter: name, merge or enrol the speaker.';

export class Room {
  /** page: { palette, mayCommand(), openSpeaker(room, speaker, turn), complain(sentence), announce(sentence) } */
  constructor(name, page) {
    this.name = name;
    this.page = page;
    this.element = document.querySelector('#room').content.firstElementChild.cloneNode(true);
    const find = selector => this.element.querySelector(selector);
    this.parts = {
      status: find('.status'), who: find('.who'), lag: find('.lag .value'), mute: find('.mute'), fresh: find('.fresh'), lanes: find('.lanes ul'), tip: find('.tip'),
      live: find('.live'), pick: find('select'), silence: find('.silence'), canvas: find('.timeline'),
    };
    find('h2').textContent = name;
    find('h2').id = `room-${name}`;
    this.element.setAttribute('aria-labelledby', `room-${name}`);
    find('.keys').textContent = keys;
    find('.keys').id = `keys-${name}`;
    this.parts.canvas.setAttribute('aria-label', `Who speaks when in ${name}`);
    this.parts.canvas.setAttribute('aria-describedby', `keys-${name}`);
    this.status = 'offline';
    this.running = null;
    this.buttons = new Map();
    this.meter = new Meter(find('.meter'));
    this.table = new TurnTable(find('.table'));
    this.timeline = new Timeline(this.parts.canvas, page.palette, {
      pick: turn => page.openSpeaker(this, turn.speaker, turn), see: (turn, box) => this.#see(turn, box), moved: () => this.#showLive(),
    });
    this.overview = new Overview(find('.overview'), find('.window'), page.palette, this.timeline);
    this.#listen(find);
  }

  get session() {
    return this.timeline.session;
  }

  get isPast() {
    return this.session !== this.running;
  }

  /** Everything anew, from a snapshot. */
  reset({ status, position_ms: position, session }) {
    this.setStatus(status);
    if (!session) return;
    const chosen = this.isPast && this.session ? this.session : null;
    this.running = new Session(session);
    this.running.setPosition(position);
    if (chosen) this.#listSessions();
    else this.show(this.running);
  }

  /** Shows a session: the one that runs, or one of the past. */
  show(session) {
    const kept = this.timeline.session?.id === session.id ? { isLive: this.timeline.isLive, from: this.timeline.from, span: this.timeline.span } : null;
    this.timeline.show(session);
    if (kept) Object.assign(this.timeline, kept);
    this.table.show(session);
    this.overview.version = -1;
    for (const kind of ['rttm', 'json', 'csv']) this.element.querySelector(`.files .${kind}`).href = `/api/sessions/${session.id}.${kind}`;
    this.#listSessions();
    this.refresh();
  }

  setStatus(status) {
    this.status = status;
    this.parts.status.textContent = statusWords[status];
    this.parts.status.dataset.status = status;
    const muted = status === 'muted';
    this.parts.mute.setAttribute('aria-pressed', muted);
    this.parts.mute.textContent = muted ? 'Unmute' : 'Mute';
    this.parts.mute.disabled = this.parts.fresh.disabled = status === 'offline' || !this.page.mayCommand();
    if (status === 'offline') this.meter.set(-100, -100);
  }

  turn({ session_id: id, kind, turn: news, name }) {
    if (this.running?.id !== id) return;
    const taken = this.running.add(news);
    if (!taken) return;
    const known = this.running.speakers.get(news.speaker);
    if (news.speaker !== 'unknown' && (!known || (name && known.name !== name))) {
      this.running.setSpeakers([{ ...known, id: news.speaker, name, enrolled: news.speaker.startsWith('p'), speech_s: known?.speech_s ?? 0 }]);
    }
    if (kind === 'turn_revised' && taken.changed && !this.isPast) this.timeline.flash(taken.turn);
    this.refresh();
  }

  renumbered({ session_id: id, from, to }) {
    if (this.running?.id !== id) return;
    this.running.renumber(from, to);
    this.refresh();
  }

  speakers({ session_id: id, speakers }) {
    if (this.running?.id !== id) return;
    this.running.setSpeakers(speakers);
    this.refresh();
  }

  sessionChanged({ session_id: id, started_at: startedAt, length_ms: lengthMs }) {
    if (lengthMs !== null) {
      if (this.running?.id === id) this.running.end(lengthMs);
      if (!this.isPast) this.timeline.follow(false);
      this.#listSessions();
      this.refresh();
      return;
    }
    const watched = !this.isPast || !this.session;
    this.running = new Session({ stream: this.name, session_id: id, started_at: startedAt });
    if (watched) this.show(this.running);
    else this.#listSessions();
  }

  metered({ level, peak, position_ms: position, lag_ms: lag }) {
    this.meter.set(level, peak);
    if (this.running && !this.running.hasEnded) this.running.setPosition(position);
    const text = `${lag} ms`;
    if (this.parts.lag.textContent !== text) this.parts.lag.textContent = text;
  }

  /** Brings what is not painted up to date. */
  refresh() {
    const { session } = this;
    if (!session) return;
    this.timeline.isDirty = true;
    this.#showLanes();
    this.timeline.resize(session.lanes.length);
    this.#showWho();
  }

  frame(time) {
    this.timeline.resize(this.session?.lanes.length ?? 0);
    this.overview.resize();
    this.timeline.frame(time);
    this.overview.frameAt(time);
    this.table.frameAt(time);
  }

  nameOf(speaker) {
    return called(speaker, this.session.speakers.get(speaker)?.name);
  }

  /** Sessions that ended may hold people who were forgotten since. */
  async peopleChanged() {
    if (this.isPast && this.session) await this.#choose(this.session.id);
  }

  #listen(find) {
    const { parts, timeline } = this;
    parts.mute.addEventListener('click', () => this.#do('stream/mute', { stream: this.name, muted: this.status !== 'muted' }));
    parts.fresh.addEventListener('click', () => this.#do('session/start', { stream: this.name }));
    parts.live.addEventListener('click', () => {
      if (!this.isPast) timeline.follow(!timeline.isLive);
      else if (this.running) this.show(this.running);
    });
    find('.in').addEventListener('click', () => timeline.zoom(1 / 1.6));
    find('.out').addEventListener('click', () => timeline.zoom(1.6));
    find('.all').addEventListener('click', () => timeline.showAll());
    parts.pick.addEventListener('change', () => this.#choose(parts.pick.value));
  }

  async #do(name, data) {
    try {
      await command(name, data);
    } catch (error) {
      this.page.complain(error.message);
    }
  }

  async #choose(id) {
    try {
      this.show(id === this.running?.id ? this.running : new Session(await read(`/api/sessions/${id}.json`)));
    } catch (error) {
      this.page.complain(error.message);
      if (this.running) this.show(this.running);
    }
  }

  async #listSessions() {
    let sessions = [];
    try {
      sessions = (await read('/api/sessions')).filter(s => s.stream === this.name && (s.turns > 0 || s.session_id === this.running?.id));
    } catch {
      // It is asked again with the next session.
    }
    const options = sessions.map(s => {
      const option = document.createElement('option');
      option.value = s.session_id;
      const begun = dayAndTime(new Date(s.started_at));
      option.textContent = s.length_ms === null ? `now, since ${begun}` : `${begun}, ${length(s.length_ms)}, ${s.speakers} ${s.speakers === 1 ? 'speaker' : 'speakers'}`;
      return option;
    });
    this.parts.pick.replaceChildren(...options);
    this.parts.pick.value = this.session?.id ?? '';
  }

  #showLanes() {
    const { session, buttons } = this;
    const { lanes } = session;
    const talking = this.#talking();
    const sums = session.speech();
    const all = [...sums].reduce((sum, [speaker, ms]) => sum + (speaker === 'unknown' ? 0 : ms), 0);
    for (const [speaker, button] of buttons) {
      if (lanes.includes(speaker)) continue;
      button.parentElement.remove();
      buttons.delete(speaker);
    }
    lanes.forEach((speaker, row) => {
      let button = buttons.get(speaker);
      if (!button) {
        button = this.#laneButton(speaker);
        buttons.set(speaker, button);
      }
      if (this.parts.lanes.children[row] !== button.parentElement) this.parts.lanes.insertBefore(button.parentElement, this.parts.lanes.children[row] ?? null);
      button.querySelector('.swatch').style.background = this.page.palette.lane(session.colourOf(speaker));
      set(button.querySelector('.called'), this.nameOf(speaker));
      set(button.querySelector('.share'), speaker === 'unknown' || all === 0 ? '' : `${Math.round((100 * (sums.get(speaker) ?? 0)) / all)} %`);
      button.classList.toggle('talking', talking.includes(speaker));
      button.classList.toggle('enrolled', speaker.startsWith('p'));
      button.disabled = speaker === 'unknown';
    });
    this.parts.silence.hidden = lanes.length > 0;
  }

  #laneButton(speaker) {
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'lane';
    for (const part of ['swatch', 'called', 'share']) button.append(Object.assign(document.createElement('span'), { className: part }));
    button.addEventListener('click', () => this.page.openSpeaker(this, speaker, null));
    item.append(button);
    return button;
  }

  #talking() {
    if (this.session.hasEnded) return [];
    return this.session.order.slice(-8).filter(turn => turn.open).map(turn => turn.speaker);
  }

  #showWho() {
    const talking = this.isPast ? [] : this.#talking();
    const names = talking.map(speaker => (speaker === 'unknown' ? 'somebody' : this.nameOf(speaker)));
    const text = this.isPast ? `session of ${dayAndTime(this.session.startedAt)}` : names.length > 0 ? `${names.join(' and ')} ${names.length > 1 ? 'speak' : 'speaks'}` : 'nobody speaks';
    if (this.parts.who.textContent === text) return;
    this.parts.who.textContent = text;
    if (!this.isPast && !talking.includes('unknown')) this.page.announce(`${this.name}: ${text}`);
  }

  #showLive() {
    const live = this.timeline.isLive && !this.isPast;
    if (this.parts.live.getAttribute('aria-pressed') !== String(live)) this.parts.live.setAttribute('aria-pressed', live);
  }

  #see(turn, box) {
    const { tip } = this.parts;
    tip.hidden = !turn;
    if (!turn) return;
    const { session } = this;
    const end = session.endOf(turn);
    const state = turn.decided ? `${Math.round(turn.confidence * 100)} % sure` : 'still provisional';
    const words = [this.nameOf(turn.speaker), `${clock(session.at(turn.start), true)} – ${turn.open ? 'now' : clock(session.at(end), true)}`, `${length(end - turn.start)}, ${state}`];
    tip.replaceChildren(...words.map(text => Object.assign(document.createElement('span'), { textContent: text })));
    const width = tip.parentElement.clientWidth;
    tip.style.left = `${Math.max(4, Math.min(width - tip.offsetWidth - 4, box.left + box.width / 2 - tip.offsetWidth / 2))}px`;
    tip.style.top = `${box.top + box.height + 8}px`;
    if (this.timeline.marks.selected === turn) this.page.say(words.join(', '));
  }
}

function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
