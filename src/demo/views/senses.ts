/** The page of a model of several senses: what is given of each, brought or of the page's own samples, and the answer to those together. */
import type { Sense } from '../../config/modalities/names.ts';
import { chooser, type Say } from '../bring/bringing.ts';
import { bringingOf } from '../bring.ts';
import { button, h } from '../dom.ts';
import type { SensesInput } from '../manifest.ts';
import { Together } from '../together.ts';
import { MemberCard } from './memberCard.ts';
import { answerOf, type Question, type Things } from './sensesAnswers.ts';
import type { Stage } from './view.ts';

export interface SensesStage {
  elements: readonly HTMLElement[];
  /** Takes a dropped file for the sense that it is of. @throws Error where it is of none */
  take(file: File): Promise<void>;
}

export function sensesStage({ net, manifest, tell }: Stage, input: SensesInput, say: Say): SensesStage {
  let isTogether = false;
  const cards = input.members.map((member) => {
    const own = { ...manifest, spec: member.spec, sense: member.name, input: member.input, samples: [] };
    const bringing = bringingOf(own, member.input, (sample) => put(card, sample), say);
    const card: MemberCard = new MemberCard(member, bringing, () => answer());
    return card;
  });
  const things: Things = manifest.samples.map(({ members = {} }) =>
    Object.fromEntries(
      cards.flatMap(({ member: { name }, bringing }) =>
        members[name] === undefined ? [] : [[name, bringing.read(members[name])]],
      ),
    ),
  );
  const answered = answerOf(manifest.task, new Together(net, input), things);
  const none = h('p', { class: 'note' }, 'Give it something of one sense at least.');

  const put = (card: MemberCard, sample: Parameters<MemberCard['take']>[0]): void => {
    say('');
    card.take(sample, null);
  };
  const answer = (): void => {
    if (isTogether) return;
    const given: Question['given'] = Object.fromEntries(
      cards.flatMap(({ member: { name }, given: sample }) => (sample === undefined ? [] : [[name, sample.tokens]])),
    );
    const chosen = Object.fromEntries(cards.map(({ member: { name }, chosen: index }) => [name, index]));
    const isEmpty = Object.keys(given).length === 0;
    none.hidden = !isEmpty;
    answered.element.hidden = isEmpty;
    if (!isEmpty) tell(answered.show({ given, chosen }));
  };
  const pick = (index: number): void => {
    say('');
    isTogether = true;
    for (const card of cards) {
      const { name } = card.member;
      const data = manifest.samples[index].members?.[name];
      card.take(data === undefined ? undefined : card.bringing.read(data), index);
    }
    isTogether = false;
    answer();
  };
  const items = things.map((_, i) =>
    button(String(i + 1), () => pick(i), { class: 'pick', 'aria-label': `Sample ${i + 1}`, 'aria-pressed': String(i === 0) }),
  );
  if (things.length > 0) pick(0);
  else {
    for (const card of cards) card.take(undefined, null);
  }
  return {
    elements: [
      ...(items.length > 0 ? [chooser(items, 'Samples to begin with')] : []),
      h('div', { class: 'members' }, ...cards.map(({ element }) => element)),
      none,
      answered.element,
    ],
    async take(file) {
      const card = cards.find(({ member: { name } }) => name === senseOfFile(file));
      if (card?.bringing.file === undefined) throw new Error('is of no sense that this model knows.');
      put(card, await card.bringing.file(file));
    },
  };
}

function senseOfFile({ type }: File): Sense | undefined {
  if (type.startsWith('image/')) return 'picture';
  return type.startsWith('audio/') || type.startsWith('video/') ? 'sound' : undefined;
}
