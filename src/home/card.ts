/** The model card: what the model is, what it learned from, and what it can be trusted with. */
import { modalityFacts, samplesText } from '../config/modalities.ts';
import { factsOf } from '../config/objectives.ts';
import type { HomeModel, HomePart } from './part.ts';

export const card: HomePart = {
  id: 'card',
  label: 'Model card',
  help: 'What it learned from, how to repeat it, and what it cannot do.',
  path: ['README.md'],
  build: (model) => [{ path: 'README.md', bytes: new TextEncoder().encode(cardOf(model)) }],
};

function cardOf({ config, step }: HomeModel): string {
  const { title } = factsOf(config);
  const { width, depth, heads } = config.model;
  return `# ${title}

A small Transformer of width ${width}, depth ${depth} and ${heads} heads, trained for ${step} steps on ${samplesText(config)} (${modalityFacts(config).cut(config)}).
`;
}
