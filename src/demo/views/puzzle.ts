/** A shuffled sample whose pieces the model puts back: they travel, and stay where it thinks that they belong. */
import { Random } from '../../base/random.ts';
import { maximumAssignment } from '../../metrics/assignment.ts';
import { positionLogits, range } from '../answers.ts';
import { button, context, h } from '../dom.ts';
import type { DemoTask } from '../manifest.ts';
import type { Drawing, Sample } from '../samples/drawing.ts';
import { Board, isWide, place } from './board.ts';
import type { Stage, View } from './view.ts';

/** A shuffled sample is to be seen before it is solved. */
const PAUSE = 900;

export function puzzleView({ net, tell }: Stage, task: Extract<DemoTask, { kind: 'puzzle' }>): View {
  const table = new Table();
  const whole = new Board('As it was');
  const score = h('p', { class: 'verdict' }, 'Shuffled');
  const again = button('Shuffle again', () => deal(), { class: 'primary' });
  const solveNow = button('Put back', () => solve());
  const element = h(
    'div',
    { class: 'view puzzle' },
    h('div', { class: 'boards' }, table.element, whole.element),
    h('div', { class: 'row' }, score, again, solveNow),
  );
  let shuffles = 0;
  let order: number[] = [];
  let current: { tokens: Float32Array; drawing: Drawing } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const deal = () => {
    clearTimeout(timer);
    order = Array.from(new Random(shuffles++, 'deal').permutation(net.spec.patches));
    if (current === undefined) return;
    // Told pieces lie where they belong.
    const slots = inSlots(order, task.told);
    table.lay(slots, () => undefined);
    score.textContent = 'Shuffled';
    timer = setTimeout(solve, PAUSE);
  };

  const solve = () => {
    clearTimeout(timer);
    if (current === undefined) return;
    const { count, places } = answer(current.tokens);
    const right = order.filter((cell, slot) => places[slot] === cell).length - task.told;
    table.lay(pieceCells(order, places), (piece, cell) => piece === cell);
    score.textContent = `${right} of ${count} in their place`;
    tell(score.textContent);
  };

  /** Every piece gets a cell of its own, and the sum of scores is as large as it can be. */
  const answer = (tokens: Float32Array) => {
    const asked = order.slice(task.told);
    const logits = positionLogits(net, task, tokens, order);
    const free = asked.toSorted((a, b) => a - b);
    const scores = Float32Array.from({ length: asked.length ** 2 }, (_, i) => {
      const [row, column] = [Math.floor(i / asked.length), i % asked.length];
      return logits[row * net.spec.patches + free[column]];
    });
    const found = Array.from(maximumAssignment(scores, asked.length), (column) => free[column]);
    return { count: asked.length, places: [...order.slice(0, task.told), ...found] };
  };

  return {
    element,
    show({ tokens, drawing }: Sample, live) {
      if (drawing === undefined || !(tokens instanceof Float32Array)) return;
      current = { tokens, drawing };
      element.classList.toggle('stacked', isWide(drawing));
      table.draw(drawing, tokens);
      whole.draw(drawing, tokens);
      if (live && order.length > 0) solve();
      else deal();
    },
  };
}

/** Where each piece lies, by piece: told ones at home, the others anywhere else. */
function inSlots(order: readonly number[], told: number): number[] {
  const asked = order.slice(told);
  const free = asked.toSorted((a, b) => a - b);
  const cells = range(order.length);
  for (const [slot, piece] of asked.entries()) cells[piece] = free[slot];
  return cells;
}

/** The cell of each piece. @param places by slot */
function pieceCells(order: readonly number[], places: readonly number[]): number[] {
  const cells = range(order.length);
  for (const [slot, piece] of order.entries()) cells[piece] = places[slot];
  return cells;
}

/** Pieces that travel. */
class Table {
  private readonly frame = h('div', { class: 'frame table' });
  readonly element = h('figure', { class: 'board' }, this.frame, h('figcaption', {}, 'As the model puts it'));
  private pieces: HTMLCanvasElement[] = [];
  private drawing: Drawing | undefined;

  draw(drawing: Drawing, tokens: Float32Array): void {
    if (this.pieces.length !== drawing.cells.length || this.drawing?.width !== drawing.width) {
      this.frame.style.aspectRatio = isWide(drawing) ? '16 / 5' : `${drawing.width} / ${drawing.height}`;
      this.pieces = drawing.cells.map(({ width, height }) =>
        h('canvas', { class: 'piece', width, height, 'aria-hidden': 'true' }),
      );
      this.frame.replaceChildren(...this.pieces);
    }
    this.drawing = drawing;
    this.element.classList.toggle('wide', isWide(drawing));
    const image = drawing.draw(tokens);
    for (const [i, piece] of this.pieces.entries()) {
      const { x, y } = drawing.cells[i];
      context(piece).putImageData(image, -x, -y);
    }
  }

  lay(cells: readonly number[], isRight: (piece: number, cell: number) => boolean | undefined): void {
    const { drawing } = this;
    if (drawing === undefined) return;
    for (const [i, piece] of this.pieces.entries()) {
      place(piece, drawing.cells[cells[i]], drawing.width, drawing.height);
      piece.classList.toggle('wrong', isRight(i, cells[i]) === false);
    }
  }
}
