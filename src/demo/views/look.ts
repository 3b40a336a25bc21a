/** What the model finds alike: press a part, and the others light up by how alike they are described. */
import { hiddenStates } from '../answers.ts';
import { h } from '../dom.ts';
import type { Drawing, Sample } from '../samples/drawing.ts';
import { Board, isWide } from './board.ts';
import type { Stage, View } from './view.ts';

export function lookView({ net }: Stage): View {
  const board = new Board('Press a part of it', (cell) => point(cell));
  const whole = new Board('As it was');
  const element = h('div', { class: 'view look lit' }, h('div', { class: 'boards' }, board.element, whole.element));
  let chosen = Math.floor(net.spec.patches / 2);
  let current: { rows: Float32Array; drawing: Drawing } | undefined;

  const point = (cell: number) => {
    chosen = cell;
    if (current === undefined) return;
    board.light(alike(current.rows, net.spec.width, cell));
    board.mark(
      (other) => other === chosen,
      (place) => `What is like ${place}`,
      current.drawing,
    );
    board.text = 'The brighter, the more alike';
  };

  return {
    element,
    show({ tokens, drawing }: Sample) {
      if (drawing === undefined || !(tokens instanceof Float32Array)) return;
      const { width, classToken } = net.spec;
      current = { rows: hiddenStates(net, tokens).slice(classToken ? width : 0), drawing };
      element.classList.toggle('stacked', isWide(drawing));
      board.draw(drawing, tokens);
      whole.draw(drawing, tokens);
      point(chosen);
    },
  };
}

/** Cosines with one row once the mean of all is taken away, from 0 for the least alike to 1. */
export function alike(rows: Float32Array, width: number, chosen: number): Float32Array {
  const count = rows.length / width;
  const mean = new Float32Array(width);
  for (let i = 0; i < rows.length; i++) mean[i % width] += rows[i] / count;
  const centred = rows.map((value, i) => value - mean[i % width]);
  const dot = (a: number, b: number) => {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += centred[a * width + i] * centred[b * width + i];
    return sum;
  };
  return Float32Array.from({ length: count }, (_, row) => {
    const size = Math.sqrt(dot(row, row) * dot(chosen, chosen));
    return Math.max(0, size === 0 ? 0 : dot(row, chosen) / size);
  });
}
