/** What a model of several senses makes of those that are given: classes, what belongs to them, what is like them. */
import type { Sense } from '../../config/modalities/names.ts';
import { context, h, percent } from '../dom.ts';
import type { DemoTask } from '../manifest.ts';
import { softmax } from '../net.ts';
import type { Sample } from '../samples/drawing.ts';
import { cosine, fused, type Given, type Together } from '../together.ts';
import { Bars } from './bars.ts';

/** Of the page's samples, by sense. */
export type Things = readonly Readonly<Partial<Record<Sense, Sample>>>[];

/** What is given, and which of the page's samples it is of. */
export interface Question {
  given: Given;
  chosen: Readonly<Partial<Record<Sense, number | null>>>;
}

export interface Answer {
  readonly element: HTMLElement;
  /** @returns what there is to say of it */
  show(question: Question): string;
}

const NEAREST = 3;
const MORE = { picture: 'pictures', sound: 'sounds', text: 'texts' } as const;

export function answerOf(task: DemoTask, model: Together, things: Things): Answer {
  if (task.kind === 'subsets') return classesAnswer(model, task.classes);
  return task.kind === 'match' ? matchAnswer(model, things) : alikeAnswer(model, things);
}

export function sayGiven(given: Given): string {
  const names = Object.keys(given);
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((part) => part !== '').join(' and ');
}

function classesAnswer(model: Together, classes: readonly string[]): Answer {
  const verdict = h('p', { class: 'verdict' });
  const from = h('p', { class: 'note' });
  const bars = new Bars();
  return {
    element: h('div', { class: 'answers' }, verdict, from, bars.element),
    show({ given }) {
      const chances = softmax(model.logits(given));
      const best = chances.indexOf(Math.max(...chances));
      const name = classes[best] ?? `Class ${best + 1}`;
      verdict.textContent = name;
      from.textContent = `From ${sayGiven(given)}.`;
      bars.show(classes, chances);
      return `${name}, ${percent(chances[best])}, from ${sayGiven(given)}`;
    },
  };
}

/** Cosines in the space that all senses share: of the given ones with each other, and with the page's samples of the others. */
function matchAnswer(model: Together, things: Things): Answer {
  const known = things.map((thing) => model.projections(tokensIn(thing)));
  const pairs = h('p', { class: 'note' });
  const lists = h('div', { class: 'nearest' });
  return {
    element: h('div', { class: 'answers wide' }, pairs, lists),
    show({ given, chosen }) {
      const own = model.projections(given);
      const names = Object.keys(own) as Sense[];
      const told = names.flatMap((a, i) =>
        names.slice(i + 1).map((b) => `${a} and ${b} ${cosineText(cosine(vector(own, a), vector(own, b)))}`),
      );
      pairs.textContent = told.length === 0 ? '' : `Cosines of what is given: ${told.join(', ')}.`;
      const query = fused(own);
      const sought = (Object.keys(known[0] ?? {}) as Sense[]).filter((name) => !names.includes(name));
      const found = sought.map((name) =>
        nearest(
          query,
          known.map((vectors) => vector(vectors, name)),
        ),
      );
      lists.replaceChildren(
        ...sought.map((name, i) => {
          const itsOwn = names.map((other) => chosen[other] ?? null).find((index) => index !== null);
          return listOf(
            `Nearest ${MORE[name]}`,
            found[i].map(({ index, score }) => {
              const item = itemOf(things[index][name], score);
              if (index === itsOwn) item.append(h('span', { class: 'its-own' }, 'its own'));
              return item;
            }),
          );
        }),
      );
      if (sought.length === 0 && known.length > 0)
        lists.replaceChildren(h('p', { class: 'note' }, 'Take a sense away, and the nearest of it are sought.'));
      return [...told, ...sought.map((name, i) => `nearest ${name}: cosine ${cosineText(found[i][0]?.score ?? 0)}`)].join(', ');
    },
  };
}

/** Cosines with the page's other samples, of the same senses, once the mean of all is taken away: these models bring nothing together. */
function alikeAnswer(model: Together, things: Things): Answer {
  const bySenses = new Map<string, Float32Array[]>();
  const knownOf = (names: readonly Sense[]): Float32Array[] => {
    const key = names.join('+');
    const known = bySenses.get(key) ?? things.map((thing) => fused(model.embed(tokensIn(thing, names))));
    bySenses.set(key, known);
    return known;
  };
  const lists = h('div', { class: 'nearest' });
  return {
    element: h('div', { class: 'answers wide' }, lists),
    show({ given, chosen }) {
      const names = Object.keys(given) as Sense[];
      const known = knownOf(names);
      const mean = fused(Object.fromEntries(known.map((one, i) => [i, one])));
      const centred = (one: Float32Array) => one.map((value, i) => value - mean[i]);
      const [first] = names.map((name) => chosen[name] ?? null);
      const isOne = names.every((name) => chosen[name] === first);
      const found = nearest(centred(fused(model.embed(given))), known.map(centred), isOne ? first : null);
      const shown: Sense = names.includes('picture') ? 'picture' : (names[0] ?? 'picture');
      lists.replaceChildren(
        listOf(
          `Most alike of the others, by ${sayGiven(given)}`,
          found.map(({ index, score }) => itemOf(things[index][shown], score)),
        ),
      );
      return `most alike by ${sayGiven(given)}: cosine ${cosineText(found[0]?.score ?? 0)}`;
    },
  };
}

function nearest(
  query: Float32Array,
  known: readonly Float32Array[],
  but: number | null = null,
): { index: number; score: number }[] {
  return known
    .map((one, index) => ({ index, score: cosine(query, one) }))
    .filter(({ index }) => index !== but)
    .sort((a, b) => b.score - a.score)
    .slice(0, NEAREST);
}

function tokensIn(thing: Things[number], names?: readonly Sense[]): Given {
  const all = Object.entries(thing).filter(([name]) => names === undefined || names.some((one) => one === name));
  return Object.fromEntries(all.map(([name, sample]) => [name, sample.tokens]));
}

function vector(vectors: Partial<Record<Sense, Float32Array>>, name: Sense): Float32Array {
  return vectors[name] ?? new Float32Array();
}

function listOf(title: string, items: readonly HTMLElement[]): HTMLElement {
  return h('section', {}, h('h2', {}, title), h('ol', {}, ...items));
}

function itemOf(sample: Sample | undefined, score: number): HTMLElement {
  const item = h('li', {});
  if (sample?.drawing !== undefined && sample.tokens instanceof Float32Array) {
    const { drawing, tokens } = sample;
    const canvas = h('canvas', { width: drawing.width, height: drawing.height, 'aria-hidden': 'true' });
    context(canvas).putImageData(drawing.draw(tokens), 0, 0);
    item.append(canvas);
  } else item.append(h('span', { class: 'name' }, sample?.text ?? ''));
  item.append(h('span', { class: 'share' }, cosineText(score)));
  return item;
}

function cosineText(value: number): string {
  return value.toFixed(2).replace('-', '−');
}
