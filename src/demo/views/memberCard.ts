/** One of several senses: whether it is given, what is given of it, and ways to bring something else. */
import type { Bringing } from '../bring/bringing.ts';
import { button, h } from '../dom.ts';
import type { Member } from '../manifest.ts';
import type { Sample } from '../samples/drawing.ts';
import { Board } from './board.ts';

export class MemberCard {
  readonly element: HTMLElement;
  /** Of the page's samples; null where somebody brought his own. */
  chosen: number | null = null;
  private sample: Sample | undefined;
  private isOn = true;
  private readonly board = new Board('');
  private readonly toggle: HTMLButtonElement;

  /** @param onChange something else is given of it, or it is given no more */
  constructor(
    readonly member: Member,
    readonly bringing: Bringing,
    private readonly onChange: () => void,
  ) {
    const { name } = member;
    this.toggle = button('Given', () => this.give(!this.isOn), {
      class: 'toggle',
      'aria-pressed': 'true',
      'aria-label': `Given: ${name}`,
    });
    this.element = h(
      'section',
      { class: 'member', 'aria-label': TITLES[name] },
      h('div', { class: 'member-head' }, h('h2', {}, TITLES[name]), this.toggle),
      ...(name === 'text' ? [] : [this.board.element]),
      bringing.element,
    );
  }

  /** What the model gets of it; undefined where it is switched off, or there is nothing. */
  get given(): Sample | undefined {
    return this.isOn ? this.sample : undefined;
  }

  /** Something else; undefined: nothing. @param chosen its place among the page's samples */
  take(sample: Sample | undefined, chosen: number | null): void {
    this.sample = sample;
    this.chosen = chosen;
    if (sample?.drawing !== undefined && sample.tokens instanceof Float32Array) this.board.draw(sample.drawing, sample.tokens);
    this.give(sample !== undefined);
  }

  private give(on: boolean): void {
    this.isOn = on;
    this.toggle.setAttribute('aria-pressed', String(on));
    this.element.classList.toggle('off', !on);
    this.onChange();
  }
}

const TITLES = { picture: 'Picture', sound: 'Sound', text: 'Text' } as const;
