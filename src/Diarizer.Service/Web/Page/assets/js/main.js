// The page: rooms, the way to the daemon, and what concerns all of it.

import { listen } from './connection.js';
import { arrived, quantile } from './latency.js';
import { Palette } from './palette.js';
import { Room } from './room.js';
import { SpeakerDialog } from './speakerDialog.js';
import { startTheme } from './theme.js';

const find = selector => document.querySelector(selector);
const complaintMs = 8000;

export const rooms = new Map();
const palette = new Palette();
let mayCommand = false;
let enrolmentOff = null;
let complaintTimer = 0;
let degraded = '';

const dialog = new SpeakerDialog(find('#speaker'), palette, () => ({ mayCommand, enrolmentOff }));
const page = {
  palette,
  mayCommand: () => mayCommand,
  openSpeaker: (room, speaker, turn) => dialog.open(room, speaker, turn),
  complain,
  say: sentence => { find('#said').textContent = sentence; },
  announce: sentence => { if (find('#announce').checked) find('#said').textContent = sentence; },
};

const of = (news, action) => {
  const room = rooms.get(news.stream);
  if (room) action(room);
};

listen({
  link(state) {
    pill(find('#link'), state === 'open' ? 'good' : 'bad', state === 'open' ? 'live' : 'connection lost, trying again …');
  },
  snapshot(news) {
    mayCommand = news.commands;
    enrolmentOff = news.enrolment_off;
    find('#node').textContent = news.name;
    document.title = `${news.name} – Diarizer`;
    find('#empty').hidden = true;
    find('#facts').dataset.version = `Diarizer ${news.version.split('+')[0]}`;
    for (const stream of news.streams) {
      let room = rooms.get(stream.name);
      if (!room) {
        room = new Room(stream.name, page);
        rooms.set(stream.name, room);
        find('#rooms').append(room.element);
      }
      room.reset(stream);
    }
    for (const [name, room] of rooms) {
      if (news.streams.some(s => s.name === name)) continue;
      room.element.remove();
      rooms.delete(name);
    }
    showNode(news.node);
  },
  turn(news) {
    arrived(news.sent_ms);
    of(news, room => room.turn(news));
  },
  renumbered: news => of(news, room => room.renumbered(news)),
  speakers: news => of(news, room => room.speakers(news)),
  session: news => of(news, room => room.sessionChanged(news)),
  speech: news => of(news, room => room.element.classList.toggle('speech', news.on)),
  status: news => of(news, room => room.setStatus(news.status)),
  incident: news => complain(`${news.stream}: ${news.message}`),
  meter: all => all.forEach(news => of(news, room => room.metered(news))),
  node: showNode,
  people: () => rooms.forEach(room => room.peopleChanged()),
});

startTheme(find('#theme'), () => {
  palette.read();
  for (const room of rooms.values()) {
    room.overview.version = -1;
    room.refresh();
  }
});

setInterval(() => {
  const worst = quantile(0.95);
  find('#facts').textContent = [find('#facts').dataset.version, worst === null ? null : `on screen after ${Math.round(worst)} ms (95 %)`].filter(Boolean).join(' · ');
}, 2000);

function frame(time) {
  for (const room of rooms.values()) room.frame(time);
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);

function showNode(node) {
  const broker = find('#broker');
  broker.hidden = false;
  const waiting = node.waiting > 0 && !node.connected ? `, ${node.waiting} events wait` : '';
  pill(broker, node.connected ? 'good' : 'bad', `broker ${node.broker}${node.embedded ? ' (own)' : ''} ${node.connected ? 'connected' : 'away'}${waiting}`);
  degraded = node.degraded.join(' ');
  if (!complaintTimer) showTrouble(degraded);
}

function pill(element, state, text) {
  element.dataset.state = state;
  if (element.textContent !== text) element.textContent = text;
}

/** A sentence that stands for some seconds; what lasts comes back after it. */
function complain(sentence) {
  clearTimeout(complaintTimer);
  showTrouble(sentence);
  complaintTimer = setTimeout(() => {
    complaintTimer = 0;
    showTrouble(degraded);
  }, complaintMs);
}

function showTrouble(sentence) {
  const trouble = find('#trouble');
  trouble.hidden = sentence === '';
  if (trouble.textContent !== sentence) trouble.textContent = sentence;
}
