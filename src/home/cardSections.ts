/** Sections of the model card: where the model comes from, and how far to trust it. */
import { DATASET_LABELS } from '../config/datasets.ts';
import { modalityFacts, samplesText } from '../config/modalities.ts';
import { presetRun } from '../config/presets.ts';
import { changedPaths, getSetting } from '../config/settings.ts';
import { readSavedData } from '../io/savedData.ts';
import { writeUrl } from '../io/urlState.ts';
import type { HomeModel, HomeScore } from './part.ts';
import { statisticsOf } from './statistics.ts';

/** What `npm run train` starts from. */
const START = 'mp3-scenes';
const NAMED_CLASSES = 20;

export function learnedText(model: HomeModel): string {
  const { config, info } = model;
  const { samples } = modalityFacts(config).words;
  const { classes = [] } = info;
  const lines = [`## What it learned from`, sourceText(model), `None of these ${samples} are in this folder.`];
  if (classes.length > 0) {
    const more = classes.length > NAMED_CLASSES ? `, and ${classes.length - NAMED_CLASSES} more` : '';
    lines.push(`Classes: ${classes.slice(0, NAMED_CLASSES).map(plain).join(', ')}${more}.`);
  }
  if (model.subject.tokens.modality === 'picture') lines.push(normalisationText(model));
  return lines.join('\n\n');
}

function sourceText({ config, info }: HomeModel): string {
  const { samples } = modalityFacts(config).words;
  if (config.data.dataset !== 'files') {
    return `*${DATASET_LABELS[config.data.dataset]}*: ${samples} that Patchwork makes by itself, from the seed ${config.optimiser.seed}. Everybody can make them again.`;
  }
  const data = readSavedData(info.data);
  if (data === undefined) return `Somebody’s own ${samples}, of which the file says nothing more.`;
  const { all, heldOut } = data;
  const tested = heldOut === null ? 'Nothing was held out.' : `${count(heldOut.count)} of them were held out for testing.`;
  return `Somebody’s own ${samples}: ${plain(data.name)}, ${count(all.count)} in all. ${tested} Fingerprint ${hex(all.samples)} (CRC-32 over the sorted CRC-32 of the files; with labels ${hex(all.labels)}): whoever has the same ${samples} can tell.`;
}

function normalisationText(model: HomeModel): string {
  const { mean, deviation, known } = statisticsOf(model);
  if (!known) {
    return 'The file is older than the numbers that pictures are normalised by: mean and deviation here are guesses. Save the run again to have them.';
  }
  return `A picture is cropped to a square, brought to ${model.config.picture.size} px by averaging areas, and normalised by mean ${numbers(mean)} and deviation ${numbers(deviation)} of values from 0 to 255.`;
}

export function againText({ config }: HomeModel): string {
  const start = presetRun(START);
  const settings = changedPaths(start, config).filter(
    (path) => !path.startsWith('data.dataset') || config.data.dataset !== 'files',
  );
  const files = config.data.dataset === 'files' ? ' --data FOLDER' : '';
  const sets = settings.map((path) => ` \\\n  --set ${shellWord(`${path}=${getSetting(config, path)}`)}`);
  return [
    '## Again',
    'On the command line of Patchwork:',
    `\`\`\`sh\nnpm run --silent train -- --preset ${START}${files}${sets.join('')}\n\`\`\``,
    `In a browser, behind the address of Patchwork: \`?${writeUrl(config)}\``,
    'The same seed gives the same numbers on the same device; others differ in the last digits, which add up. Settings that were changed while it trained are in the run file, not in this line.',
  ].join('\n\n');
}

export function scoresText({ report, config }: HomeModel): string {
  const rows = report?.scores ?? [];
  if (rows.length === 0) return '## Scores\n\nNone are known: the file holds weights, not what was measured of them.';
  const body = rows.map(scoreRow).join('\n');
  const table = `| score | value | samples | chance |\n|---|---|---|---|\n${body}`;
  const heldOut = rows.every((row) => row.heldOut)
    ? 'On samples that were held out.'
    : 'On samples that it was trained on: too few were there to hold any out, so that these numbers say little.';
  return `## Scores\n\nAt step ${report?.scoresStep}, one run, seed ${config.optimiser.seed}: how far another seed would be from it, nobody has measured here. ${heldOut}\n\n${table}`;
}

function scoreRow({ label, value, samples, chance }: HomeScore): string {
  return `| ${label} | ${round(value)} | ${samples === 0 ? '?' : count(samples)} | ${chance === undefined ? '' : round(chance)} |`;
}

export function limitsText({ config, values }: HomeModel): string {
  const built = config.data.dataset !== 'files';
  return [
    '## Limits',
    `This is a small model: ${count(values.length)} numbers, ${samplesText(config)}${built ? ', drawn by a program and far from anything in the world: a toy to learn with' : ', and as good or bad as what it was shown'}.`,
    'It was checked for nothing but what stands above: not for fairness, not for safety, not on other data. Do not let it decide about people.',
  ].join('\n\n');
}

/** Names from files, on one line and without what Markdown would take for its own. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}

function shellWord(text: string): string {
  return /^[\w.,:=+/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function numbers(values: readonly number[]): string {
  return values.map((value) => value.toFixed(1)).join(', ');
}

function round(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
