/** The model card: what the model is, what it learned from, how to use it, and what it cannot be trusted with. */

import { modalityFacts, samplesText } from '../config/modalities.ts';
import { factsOf } from '../config/objectives.ts';
import { againText, learnedText, limitsText, scoresText } from './cardSections.ts';
import { usesText } from './cardUses.ts';
import license from './LICENSE-OF-WEIGHTS.txt?raw';
import type { HomeFile, HomeModel, HomePart } from './part.ts';
import { textFile } from './pictureModel.ts';
import { timm } from './timm.ts';
import { transformers } from './transformers.ts';

export const card: HomePart = {
  id: 'card',
  label: 'Model card',
  help: 'What it learned from, how to repeat it, how to load it, its scores and its limits. Nothing that it learned from is in it.',
  path: ['README.md', 'LICENSE-OF-WEIGHTS.txt'],
  build: (model): HomeFile[] => [textFile('README.md', cardOf(model)), textFile('LICENSE-OF-WEIGHTS.txt', license)],
};

function cardOf(model: HomeModel): string {
  const { config, step, info, values } = model;
  const { width, depth, heads } = config.model;
  const { title, task } = factsOf(config);
  const made = info.version === undefined ? '' : ` with Patchwork ${info.version}`;
  const sections = [
    frontMatter(model),
    `# ${title}, step ${step}`,
    `A Transformer of width ${width}, depth ${depth} and ${heads} heads, ${values.length.toLocaleString('en')} numbers, that learned to ${task} on ${samplesText(config)} (${modalityFacts(config).cut(config)}), in a browser or in Node${made}.`,
    learnedText(model),
    againText(model),
    scoresText(model),
    usesText(model),
    limitsText(model),
  ];
  return `${sections.join('\n\n')}\n`;
}

const PIPELINES = {
  picture: ['image-feature-extraction', 'image-classification'],
  sound: ['feature-extraction', 'audio-classification'],
  text: ['feature-extraction', 'text-classification'],
  pair: ['feature-extraction', 'feature-extraction'],
} as const;

/** What the hub reads. */
function frontMatter(model: HomeModel): string {
  const { subject, config } = model;
  const [features, classes] = PIPELINES[subject.tokens.modality];
  const library = [transformers, timm].find((part) => part.refusal?.(model) === undefined)?.id;
  return [
    '---',
    'license: other',
    'license_name: yours',
    'license_link: LICENSE-OF-WEIGHTS.txt',
    ...(library === undefined ? [] : [`library_name: ${library}`]),
    `pipeline_tag: ${subject.classes > 0 ? classes : features}`,
    `tags: [patchwork, ${config.task.objective}]`,
    '---',
  ].join('\n');
}
