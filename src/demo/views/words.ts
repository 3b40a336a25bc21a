/** Texts: guessed words, classes, words put in order, words described alike. Every word is a button. */
import { Random } from '../../base/random.ts';
import { EMPTY, UNKNOWN } from '../../config/modalities/tokens.ts';
import { maximumAssignment } from '../../metrics/assignment.ts';
import { classLogits, hiddenStates, positionLogits, range, wordChances } from '../answers.ts';
import { button, h, percent } from '../dom.ts';
import type { DemoTask, TextInput } from '../manifest.ts';
import { softmax } from '../net.ts';
import type { Sample } from '../samples/drawing.ts';
import type { TextSample } from '../samples/texts.ts';
import { Bars } from './bars.ts';
import { alike } from './look.ts';
import type { Stage, View } from './view.ts';

function isText(sample: Sample): sample is TextSample {
  return sample.tokens instanceof Int32Array && sample.text !== undefined;
}

/** Places that hold a word. */
function wordsIn(ids: Int32Array): number[] {
  return range(ids.length).filter((place) => ids[place] !== EMPTY);
}

function nameOf({ vocabulary }: TextInput, id: number): string {
  return (vocabulary.names[id] ?? '?').replaceAll('·', ' ').trim() || '␣';
}

/** Press a word to hide it: the model says what stood there. */
export function wordsView({ net, tell }: Stage, task: Extract<DemoTask, { kind: 'words' }>, input: TextInput): View {
  const line = h('p', { class: 'words' });
  const bars = new Bars();
  const asked = h('p', { class: 'verdict' });
  const which = h('p', { class: 'note' });
  const again = button('Hide others', () => deal(), { class: 'primary' });
  const element = h(
    'div',
    { class: 'view text' },
    line,
    h('div', { class: 'row' }, again),
    h('div', { class: 'answers' }, asked, which, bars.element),
  );
  let deals = 0;
  let sample: TextSample | undefined;
  let hidden = new Set<number>();

  const deal = () => {
    if (sample === undefined) return;
    const words = wordsIn(sample.tokens).filter((place) => sample?.tokens[place] !== UNKNOWN);
    const count = Math.max(1, Math.min(words.length, Math.round(Math.min(task.hidden, 0.3) * words.length)));
    const order = new Random(deals++, 'hide').permutation(words.length);
    hidden = new Set(Array.from(order.subarray(0, count), (index) => words[index]));
    draw([...hidden].sort((a, b) => a - b)[0]);
  };
  const press = (place: number) => {
    const shown = hidden.has(place);
    if (shown && hidden.size > 1) hidden.delete(place);
    else hidden.add(place);
    draw(place);
  };

  const draw = (focus: number | undefined) => {
    if (sample === undefined) return;
    const { tokens, gaps } = sample;
    const places = [...hidden].sort((a, b) => a - b);
    if (places.length === 0) return;
    const chances = wordChances(net, task, tokens, places);
    const best = chances.map((all) => all.indexOf(Math.max(...all)));
    const shown = Math.max(0, places.indexOf(focus ?? places[0]));
    line.replaceChildren(
      ...wordsIn(tokens).flatMap((place) => {
        const index = places.indexOf(place);
        const guess = index < 0 ? undefined : nameOf(input, best[index]);
        const truth = gaps.includes(place) ? undefined : nameOf(input, tokens[place]);
        const right = guess !== undefined && truth !== undefined && best[index] === tokens[place];
        const outcome = guess === undefined ? '' : right || truth === undefined ? 'guess' : 'guess wrong';
        const kind = `word ${outcome} ${index === shown ? 'focus' : ''}`;
        const title = guess === undefined ? `Hide ${truth}` : `Guessed ${guess}${truth === undefined ? '' : `, it was ${truth}`}`;
        const word = button(guess ?? truth ?? '', () => press(place), {
          class: kind,
          'aria-pressed': String(guess !== undefined),
          title,
        });
        return [word, ' '];
      }),
    );
    bars.show(input.vocabulary.names, chances[shown]);
    const was = gaps.includes(places[shown]) ? 'in the gap' : `where ‘${nameOf(input, tokens[places[shown]])}’ stood`;
    which.textContent = `Its guesses ${was}:`;
    const right = places.filter((place, i) => !gaps.includes(place) && best[i] === tokens[place]).length;
    const open = places.length - gaps.filter((place) => hidden.has(place)).length;
    asked.textContent = open === 0 ? 'Its guesses' : `${right} of ${open} hidden words guessed`;
    tell(asked.textContent);
  };

  return {
    element,
    show(next) {
      if (!isText(next)) return;
      sample = next;
      hidden = new Set(next.gaps);
      if (hidden.size === 0) deal();
      else draw(next.gaps[0]);
    },
  };
}

/** Classes, and what each word is worth: how much less likely the answer is without it. */
export function textLabelsView({ net, tell }: Stage, task: Extract<DemoTask, { kind: 'labels' }>, input: TextInput): View {
  const line = h('p', { class: 'words' });
  const verdict = h('p', { class: 'verdict' });
  const bars = new Bars();
  const note = h('p', { class: 'note' }, 'Shaded words speak for the answer: without them it would be less likely.');
  const element = h('div', { class: 'view text' }, h('div', { class: 'answers' }, verdict, bars.element), line, note);
  return {
    element,
    show(sample) {
      if (!isText(sample)) return;
      const { tokens } = sample;
      const chances = softmax(classLogits(net, task, tokens));
      const best = chances.indexOf(Math.max(...chances));
      const worth = wordsIn(tokens).map((place) => chances[best] - softmax(classLogits(net, task, without(tokens, place)))[best]);
      const most = Math.max(1e-3, ...worth);
      line.replaceChildren(
        ...wordsIn(tokens).flatMap((place, i) => {
          const word = h('span', { class: 'word shade' }, nameOf(input, tokens[place]));
          word.style.setProperty('--light', Math.max(0, worth[i] / most).toFixed(3));
          return [word, ' '];
        }),
      );
      verdict.textContent = task.classes[best] ?? `Class ${best + 1}`;
      bars.show(task.classes, chances);
      tell(`${verdict.textContent}, ${percent(chances[best])}`);
    },
  };
}

function without(ids: Int32Array, place: number): Int32Array {
  const changed = ids.slice();
  changed[place] = EMPTY;
  return changed;
}

/** Shuffled words, and in which order the model puts them. */
export function textPuzzleView({ net, tell }: Stage, task: Extract<DemoTask, { kind: 'puzzle' }>, input: TextInput): View {
  const shuffled = h('p', { class: 'words' });
  const solved = h('p', { class: 'words' });
  const verdict = h('p', { class: 'verdict' });
  const again = button('Shuffle again', () => deal(), { class: 'primary' });
  const element = h(
    'div',
    { class: 'view text' },
    h('h2', {}, 'Shuffled'),
    shuffled,
    h('h2', {}, 'As the model puts them'),
    solved,
    h('div', { class: 'row' }, verdict, again),
  );
  let deals = 0;
  let ids: Int32Array | undefined;

  const deal = () => {
    if (ids === undefined) return;
    const count = ids.length;
    const order = Array.from(new Random(deals++, 'deal').permutation(count));
    const logits = positionLogits(net, { ...task, told: 0 }, ids, order);
    const places = maximumAssignment(logits, count);
    const put = range(count);
    for (const [slot, cell] of order.entries()) put[places[slot]] = cell;
    const text = ids;
    const chip = (cell: number, kind: string) => h('span', { class: kind }, nameOf(input, text[cell]));
    shuffled.replaceChildren(...order.filter((cell) => text[cell] !== EMPTY).flatMap((cell) => [chip(cell, 'word shade'), ' ']));
    const isRight = (cell: number, place: number) => text[cell] === text[place];
    solved.replaceChildren(
      ...put.flatMap((cell, place) =>
        text[cell] === EMPTY ? [] : [chip(cell, isRight(cell, place) ? 'word guess' : 'word guess wrong'), ' '],
      ),
    );
    const words = wordsIn(text);
    verdict.textContent = `${words.filter((place) => isRight(put[place], place)).length} of ${words.length} in their place`;
    tell(verdict.textContent);
  };

  return {
    element,
    show(sample) {
      if (!isText(sample)) return;
      ids = sample.tokens;
      deal();
    },
  };
}

/** Press a word: the others are shaded by how alike the model describes them here. */
export function textLookView({ net }: Stage, input: TextInput): View {
  const line = h('p', { class: 'words' });
  const element = h(
    'div',
    { class: 'view text' },
    line,
    h('p', { class: 'note' }, 'Press a word: the darker another one, the more alike the model describes both in this text.'),
  );
  let ids: Int32Array | undefined;

  const point = (chosen: number) => {
    if (ids === undefined) return;
    const text = ids;
    const words = wordsIn(text);
    const { width } = net.spec;
    const rows = hiddenStates(net, text);
    const shares = alike(rows.slice(0, words.length * width), width, words.indexOf(chosen));
    line.replaceChildren(
      ...words.flatMap((place, i) => {
        const word = button(nameOf(input, text[place]), () => point(place), {
          class: 'word shade',
          'aria-pressed': String(place === chosen),
        });
        word.style.setProperty('--light', shares[i].toFixed(3));
        return [word, ' '];
      }),
    );
  };

  return {
    element,
    show(sample) {
      if (!isText(sample)) return;
      ids = sample.tokens;
      const [first] = wordsIn(ids);
      if (first !== undefined) point(first);
    },
  };
}
