/** What every way to bring samples has in common. */
import { button, h } from '../dom.ts';
import type { Sample } from '../samples/drawing.ts';

export interface Bringing {
  element: HTMLElement;
  /** What the page begins with; undefined where there is nothing. */
  first(): Sample | undefined;
  /** What the page holds as data (`DemoSample`) becomes what is brought. */
  read(data: string): Sample;
  /** A file that was dropped or opened. */
  file?(file: File): Promise<Sample>;
  accept?: string;
}

export type Show = (sample: Sample, live: boolean) => void;
export type Say = (text: string) => void;

/** A row of things to press, one of which is chosen. */
export function chooser(items: readonly HTMLButtonElement[], label: string): HTMLElement {
  const row = h('div', { class: 'samples', role: 'group', 'aria-label': label }, ...items);
  row.addEventListener('click', ({ target }) => {
    const pressed = target instanceof Element ? target.closest('button') : null;
    for (const item of items) item.setAttribute('aria-pressed', String(item === pressed));
  });
  return row;
}

export function opener(accept: string, label: string, open: (file: File) => void): HTMLElement[] {
  const field = h('input', { type: 'file', accept, hidden: true });
  field.addEventListener('change', () => {
    const [file] = field.files ?? [];
    if (file !== undefined) open(file);
    field.value = '';
  });
  return [button(label, () => field.click(), { class: 'primary' }), field];
}
