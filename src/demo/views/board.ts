/** A sample as it is drawn, with a name below it, and the buttons that its cells may be. */
import { context, h } from '../dom.ts';
import type { Cell, Drawing } from '../samples/drawing.ts';

export class Board {
  readonly element: HTMLElement;
  private readonly canvas = h('canvas', { 'aria-hidden': 'true' });
  private readonly frame = h('div', { class: 'frame' }, this.canvas);
  private readonly caption = h('figcaption');
  private buttons: HTMLButtonElement[] = [];

  /** @param onCell hears which cell was pressed; without it there is nothing to press */
  constructor(
    caption: string,
    private readonly onCell?: (cell: number) => void,
  ) {
    this.caption.textContent = caption;
    this.element = h('figure', { class: 'board' }, this.frame, this.caption);
  }

  set text(caption: string) {
    this.caption.textContent = caption;
  }

  /** @param holes cells that are left empty */
  draw(drawing: Drawing, tokens: Float32Array, holes: readonly number[] = []): void {
    const { canvas, frame } = this;
    if (canvas.width !== drawing.width || canvas.height !== drawing.height) {
      canvas.width = drawing.width;
      canvas.height = drawing.height;
      frame.style.aspectRatio = isWide(drawing) ? '16 / 5' : `${drawing.width} / ${drawing.height}`;
    }
    this.element.classList.toggle('wide', isWide(drawing));
    const pen = context(canvas);
    pen.putImageData(drawing.draw(tokens), 0, 0);
    for (const cell of holes) {
      const { x, y, width, height } = drawing.cells[cell];
      pen.clearRect(x, y, width, height);
    }
    if (this.onCell !== undefined && this.buttons.length !== drawing.cells.length) this.addButtons(drawing);
  }

  /** How strongly each cell is lit up, 0 to 1. */
  light(shares: ArrayLike<number>): void {
    for (const [cell, element] of this.buttons.entries()) element.style.setProperty('--light', shares[cell].toFixed(3));
  }

  /** @param label of a cell: what pressing it does */
  mark(pressed: (cell: number) => boolean, label: (place: string, cell: number) => string, { columns }: Drawing): void {
    for (const [cell, element] of this.buttons.entries()) {
      const place = `row ${Math.floor(cell / columns) + 1}, column ${(cell % columns) + 1}`;
      element.setAttribute('aria-pressed', String(pressed(cell)));
      element.setAttribute('aria-label', label(place, cell));
    }
  }

  /** One of them is in the tab order; arrow keys go from one to the next. */
  private addButtons({ cells, columns, width, height }: Drawing): void {
    for (const old of this.buttons) old.remove();
    this.buttons = cells.map((cell, index) => {
      const element = h('button', { type: 'button', class: 'cell', tabindex: index === 0 ? 0 : -1 });
      place(element, cell, width, height);
      element.addEventListener('click', () => this.onCell?.(index));
      element.addEventListener('keydown', (event) => this.walk(event, index, columns));
      return element;
    });
    this.frame.append(...this.buttons);
  }

  private walk(event: KeyboardEvent, from: number, columns: number): void {
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
    const target = this.buttons[from + (steps[event.key] ?? Number.NaN)];
    if (target === undefined) return;
    event.preventDefault();
    this.buttons[from].tabIndex = -1;
    target.tabIndex = 0;
    target.focus();
  }
}

export function isWide({ width, height, rows }: Drawing): boolean {
  return rows === 1 || width > 1.5 * height;
}

/** Puts an element over a cell, whatever size the drawing has on the page. */
export function place(element: HTMLElement, { x, y, width, height }: Cell, all: number, high: number): void {
  element.style.left = `${(100 * x) / all}%`;
  element.style.top = `${(100 * y) / high}%`;
  element.style.width = `${(100 * width) / all}%`;
  element.style.height = `${(100 * height) / high}%`;
}
