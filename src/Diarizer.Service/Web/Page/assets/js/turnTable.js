// The turns as a table, for screen readers and for whoever likes to read. Filled only while it is open.

import { called, clock, length } from './format.js';

const step = 100;
const every = 1000;

export class TurnTable {
  constructor(details) {
    this.details = details;
    this.body = details.querySelector('tbody');
    this.older = details.querySelector('.older');
    this.rows = step;
    this.session = null;
    this.version = -1;
    this.filledAt = 0;
    this.older.addEventListener('click', () => {
      this.rows += step;
      this.version = -1;
    });
    details.addEventListener('toggle', () => { this.version = -1; });
  }

  show(session) {
    this.session = session;
    this.rows = step;
    this.version = -1;
  }

  frameAt(time) {
    const { session } = this;
    if (!this.details.open || !session || session.version === this.version || (this.version >= 0 && time - this.filledAt < every)) return;
    this.version = session.version;
    this.filledAt = time;
    const turns = session.order.slice(-this.rows).reverse();
    while (this.body.rows.length > turns.length) this.body.deleteRow(-1);
    turns.forEach((turn, i) => this.#fill(this.body.rows[i] ?? this.#row(), turn));
    this.older.hidden = session.order.length <= this.rows;
  }

  #row() {
    const row = this.body.insertRow();
    for (let i = 0; i < 4; i++) row.insertCell();
    return row;
  }

  #fill(row, turn) {
    const { session } = this;
    const texts = [
      clock(session.at(turn.start)),
      turn.open ? '…' : length(turn.end - turn.start),
      called(turn.speaker, session.speakers.get(turn.speaker)?.name),
      turn.open ? (turn.decided ? 'speaking' : 'speaking, provisional') : turn.decided ? '' : 'provisional',
    ];
    texts.forEach((text, i) => {
      if (row.cells[i].textContent !== text) row.cells[i].textContent = text;
    });
  }
}
