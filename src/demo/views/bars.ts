/** The likeliest answers as bars. */
import { h, percent } from '../dom.ts';

const SHOWN = 5;

export class Bars {
  readonly element = h('ol', { class: 'bars' });

  show(names: readonly string[], chances: Float32Array): void {
    const best = Array.from(chances.keys())
      .sort((a, b) => chances[b] - chances[a])
      .slice(0, SHOWN);
    this.element.replaceChildren(
      ...best.map((index) => {
        const bar = h('span', { class: 'bar', 'aria-hidden': 'true' });
        bar.style.setProperty('--share', String(chances[index]));
        return h(
          'li',
          {},
          bar,
          h('span', { class: 'name' }, names[index] ?? `Class ${index + 1}`),
          h('span', { class: 'share' }, percent(chances[index])),
        );
      }),
    );
  }
}
