/** Which class a picture or a sound is of, and where the model looked. */
import { classLogits } from '../answers.ts';
import { button, h, percent } from '../dom.ts';
import type { DemoTask } from '../manifest.ts';
import { type Attention, softmax } from '../net.ts';
import type { Sample } from '../samples/drawing.ts';
import { Bars } from './bars.ts';
import { Board } from './board.ts';
import type { Stage, View } from './view.ts';

export function labelsView({ net, tell }: Stage, task: Extract<DemoTask, { kind: 'labels' }>): View {
  const board = new Board('', () => undefined);
  const bars = new Bars();
  const verdict = h('p', { class: 'verdict' });
  const where = button('Where it looks', () => toggle(), { 'aria-pressed': 'false', class: 'toggle' });
  const answers = h('div', { class: 'answers' }, verdict, bars.element, where);
  const element = h('div', { class: 'view labels' }, board.element, answers);
  const toggle = () => {
    const on = element.classList.toggle('lit');
    where.setAttribute('aria-pressed', String(on));
  };

  return {
    element,
    show({ tokens, drawing }: Sample, live) {
      if (drawing === undefined || !(tokens instanceof Float32Array)) return;
      const look: Attention = { weights: new Float32Array() };
      const chances = softmax(classLogits(net, task, tokens, look));
      const best = chances.indexOf(Math.max(...chances));
      element.classList.toggle('stacked', drawing.rows === 1);
      board.draw(drawing, tokens);
      board.mark(
        () => false,
        (place) => place,
        drawing,
      );
      board.light(lookedAt(look.weights, net.spec.patches, task.pooling === 'class' && net.spec.classToken));
      verdict.textContent = task.classes[best] ?? `Class ${best + 1}`;
      bars.show(task.classes, chances);
      if (!live) tell(`${verdict.textContent}, ${percent(chances[best])}`);
    },
  };
}

/** How much of the last block's attention each cell gets: of the class token, or of all. Brightest is 1. */
function lookedAt(weights: Float32Array, cells: number, ofClass: boolean): Float32Array {
  const count = Math.sqrt(weights.length);
  const first = count - cells;
  const shares = new Float32Array(cells);
  for (let row = 0; row < (ofClass ? 1 : count); row++) {
    for (let cell = 0; cell < cells; cell++) shares[cell] += weights[row * count + first + cell];
  }
  const [most, least] = [Math.max(...shares), Math.min(...shares)];
  return shares.map((share) => (share - least) / Math.max(1e-9, most - least));
}
