/** What the model paints where it sees nothing; press a cell to hide or to show it. */
import { Random } from '../../base/random.ts';
import { patchStatistics } from '../../objectives/painter.ts';
import { paint, range } from '../answers.ts';
import { button, h, percent } from '../dom.ts';
import type { DemoTask } from '../manifest.ts';
import type { Drawing, Sample } from '../samples/drawing.ts';
import { Board, isWide } from './board.ts';
import type { Stage, View } from './view.ts';

export function paintView({ net, manifest }: Stage, task: Extract<DemoTask, { kind: 'paint' }>): View {
  const cells = net.spec.patches;
  const seen = new Board('What it sees', (cell) => press(cell));
  const painted = new Board('What it paints');
  const whole = new Board('As it was');
  const share = h('input', {
    type: 'range',
    min: 1,
    max: cells - 1,
    step: 1,
    value: Math.round(task.hidden * cells),
    id: 'hidden',
  });
  const amount = h('output', { for: 'hidden', class: 'verdict' });
  const other = button('Hide others', () => deal(), { class: 'primary' });
  const controls = h('div', { class: 'row' }, h('label', { for: 'hidden' }, 'Hidden'), share, amount, other);
  const borrowed = 'Brightness and contrast of what is painted are borrowed from the original: it learned to paint without them.';
  const hint = `Press a part of what it sees to hide or show it. ${task.normalised ? borrowed : ''}`;
  const note = h('p', { class: 'note' }, hint.trim());
  const element = h(
    'div',
    { class: 'view paint' },
    h('div', { class: 'boards three' }, seen.element, painted.element, whole.element),
    controls,
    note,
  );
  let deals = 0;
  let hidden = new Set<number>();
  let current: { tokens: Float32Array; drawing: Drawing } | undefined;

  const deal = () => {
    const order = new Random(deals++, 'hide').permutation(cells);
    hidden = new Set(order.subarray(0, Number(share.value)));
    draw();
  };
  const press = (cell: number) => {
    if (!hidden.delete(cell)) hidden.add(cell);
    // The model has to see something, and miss something.
    if (hidden.size === 0 || hidden.size === cells) {
      if (!hidden.delete(cell)) hidden.add(cell);
      return;
    }
    share.value = String(hidden.size);
    draw();
  };
  share.addEventListener('input', deal);

  const draw = () => {
    amount.textContent = percent(hidden.size / cells);
    if (current === undefined) return;
    const { tokens, drawing } = current;
    const gone = range(cells).filter((cell) => hidden.has(cell));
    const kept = range(cells).filter((cell) => !hidden.has(cell));
    seen.draw(drawing, tokens, gone);
    seen.mark(
      (cell) => hidden.has(cell),
      (place, cell) => `${hidden.has(cell) ? 'Show' : 'Hide'} ${place}`,
      drawing,
    );
    painted.draw(drawing, filled(tokens, gone, paint(net, task, tokens, kept, gone), task.normalised));
  };

  return {
    element,
    show({ tokens, drawing }: Sample) {
      if (drawing === undefined || !(tokens instanceof Float32Array)) return;
      current = { tokens, drawing };
      element.classList.toggle('stacked', isWide(drawing));
      element.dataset.sense = manifest.sense ?? '';
      whole.draw(drawing, tokens);
      if (hidden.size === 0) deal();
      else draw();
    },
  };
}

/** The sample with what was painted in the place of hidden tokens, in their own brightness and contrast where it was painted without. */
function filled(tokens: Float32Array, gone: readonly number[], painted: Float32Array, normalised: boolean): Float32Array {
  const all = tokens.slice();
  const length = painted.length / gone.length;
  for (const [i, cell] of gone.entries()) {
    const truth = tokens.subarray(cell * length, (cell + 1) * length);
    const { mean, deviation } = normalised ? patchStatistics(truth) : { mean: 0, deviation: 1 };
    for (let k = 0; k < length; k++) all[cell * length + k] = painted[i * length + k] * deviation + mean;
  }
  return all;
}
