// What can be done with a speaker: name, merge, enrol with consent, forget.

import { command } from './connection.js';
import { called, length } from './format.js';

const consentYears = 1;

export class SpeakerDialog {
  /** abilities: gives { mayCommand, enrolmentOff }, the latter why nobody can be enrolled, or null. */
  constructor(dialog, palette, abilities) {
    this.dialog = dialog;
    this.palette = palette;
    this.abilities = abilities;
    this.find = selector => dialog.querySelector(selector);
    this.answer = this.find('.title ~ .answer');
    this.#listen();
  }

  async open(room, speaker, turn) {
    if (speaker === 'unknown' && !turn) return;
    Object.assign(this, { room, speaker, turn, session: room.session });
    const { session } = this;
    const { mayCommand, enrolmentOff } = this.abilities();
    const known = session.speakers.get(speaker);
    this.find('h2').textContent = room.nameOf(speaker);
    this.find('.swatch').style.background = this.palette.lane(session.colourOf(speaker));
    this.find('.facts').textContent = this.#facts(known);
    this.#say('');
    this.find('.deeds').hidden = speaker === 'unknown' || !mayCommand || session.hasEnded;
    if (session.hasEnded) this.#say('This session has ended; its speakers stay as they are.');
    this.find('.rename [name=name]').value = known?.name ?? '';
    this.find('.enrol [name=name]').value = known?.name ?? '';
    this.find('.enrol').hidden = speaker.startsWith('p');
    this.find('.enrol').open = false;
    this.find('.enrol form').hidden = enrolmentOff !== null;
    this.find('.enrol .off').textContent = enrolmentOff ?? '';
    this.find('.enrol [name=agreed]').checked = false;
    this.find('.enrol [name=expires]').value = inYears(consentYears);
    this.find('.enrol [name=expires]').min = inYears(0);
    this.find('.split').hidden = !turn || turn.open || session.order.filter(t => t.speaker === speaker).length < 2;
    const sure = this.find('.forget button');
    sure.dataset.sure = 'false';
    sure.textContent = 'Forget';
    this.find('.forget .what').textContent = speaker.startsWith('p')
      ? 'Erases the voiceprint, the consent and the name, everywhere and for good. What was sent to others stays with them.'
      : 'Takes the speaker out of this session; their turns become nobody’s.';
    this.#offer([]);
    if (!this.dialog.open) this.dialog.showModal();
    if (!this.find('.deeds').hidden && enrolmentOff === null) this.#offer(await enrolled());
  }

  #facts(known) {
    const turns = this.session.order.filter(t => t.speaker === this.speaker);
    const ms = this.session.speech().get(this.speaker) ?? 0;
    const words = [`${length(ms)} of speech in ${turns.length} ${turns.length === 1 ? 'turn' : 'turns'}`];
    if (known?.enrolled) words.push('enrolled, recognised in every session');
    else if (this.speaker !== 'unknown') words.push('anonymous, known for this session');
    return `${words.join('; ')}.`;
  }

  #offer(people) {
    const others = this.session.lanes.filter(s => s !== this.speaker && s !== 'unknown').map(s => [s, this.room.nameOf(s)]);
    const absent = people.filter(p => p.id !== this.speaker && !others.some(([id]) => id === p.id)).map(p => [p.id, `${p.name} (enrolled)`]);
    const select = this.find('.merge select');
    select.replaceChildren(...[...others, ...absent].map(([id, name]) => new Option(name, id)));
    this.find('.merge button:not(.undo)').disabled = select.options.length === 0;
  }

  #listen() {
    const { dialog, find } = this;
    find('.shut').addEventListener('click', () => dialog.close());
    // Nothing of a person who is forgotten may stay behind in a window that is closed.
    dialog.addEventListener('close', () => {
      for (const form of dialog.querySelectorAll('form')) form.reset();
      for (const part of ['h2', '.facts']) find(part).textContent = '';
    });
    dialog.addEventListener('click', event => event.target === dialog && dialog.close());
    this.#on('.rename', form => this.#do('speaker/rename', { name: form.elements.name.value.trim() || null }, 'The name is saved.'));
    this.#on('.merge', form => this.#do('speaker/merge', { into: form.elements.into.value }, 'They are one speaker now.', true));
    find('.merge .undo').addEventListener('click', () => this.#do('speaker/split', {}, 'The merge is undone.', true));
    this.#on('.split', () => this.#do('speaker/split', { turns: [`${this.session.id}-${this.turn.n}`] }, 'The turn has a speaker of its own.', true));
    this.#on('.enrol form', form => this.#do('speaker/enroll', {
      name: form.elements.name.value.trim(),
      consent: { purpose: form.elements.purpose.value, given_by: form.elements.given_by.value, expires: form.elements.expires.value },
    }, 'Enrolled: this person will be recognised from now on.', true));
    this.#on('.forget', form => {
      const button = form.querySelector('button');
      if (button.dataset.sure === 'true') return this.#do('speaker/forget', {}, 'Forgotten.', true);
      button.dataset.sure = 'true';
      button.textContent = 'Forget for good';
      return null;
    });
  }

  #on(selector, action) {
    this.find(selector).addEventListener('submit', event => {
      event.preventDefault();
      action(event.target);
    });
  }

  async #do(name, data, done, closes = false) {
    this.#busy(true);
    try {
      await command(name, { stream: this.room.name, speaker: this.speaker, ...data });
      this.#say(done);
      if (closes) this.dialog.close();
      else this.find('h2').textContent = called(this.speaker, data.name);
    } catch (error) {
      this.#say(error.message, true);
    } finally {
      this.#busy(false);
    }
  }

  #busy(busy) {
    for (const button of this.dialog.querySelectorAll('.deeds button')) button.disabled = busy;
    if (!busy) this.find('.merge button:not(.undo)').disabled = this.find('.merge select').options.length === 0;
  }

  #say(sentence, bad = false) {
    this.answer.textContent = sentence;
    this.answer.classList.toggle('bad', bad);
  }
}

async function enrolled() {
  try {
    return (await command('speaker/list', {})).speakers;
  } catch {
    return [];
  }
}

function inYears(years) {
  const date = new Date();
  date.setFullYear(date.getFullYear() + years);
  return date.toISOString().slice(0, 10);
}
