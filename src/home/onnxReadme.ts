/** What whoever opens the ONNX files needs to know: what to feed, what comes out, and how samples are brought into that form. */
import { MODALITY_LABELS, type Sense } from '../config/modalities/names.ts';
import { EMPTY, MASK, UNKNOWN } from '../config/modalities/tokens.ts';
import { factsOf } from '../config/objectives.ts';
import type { Vocabulary } from '../data/text/vocabulary.ts';
import { INPUTS } from '../io/onnx/encoder.ts';
import type { Value } from '../io/onnx/graph.ts';
import type { OnnxFile } from '../io/onnx/models.ts';
import type { HomeModel } from './part.ts';

type Told = Omit<OnnxFile, 'bytes'>;

/** @param words that texts are read in, where there are any */
export function onnxReadme(model: HomeModel, files: readonly Told[], words: Vocabulary | undefined): string {
  const inputs = new Set(files.flatMap((file) => file.inputs.map(({ name }) => name)));
  const senses = (Object.keys(INPUTS) as Sense[]).filter((sense) => inputs.has(INPUTS[sense]));
  return [
    `# ${factsOf(model.config).title} as ONNX`,
    'Operator set 17, numbers in 32 bits. `metadata_props` of every file hold what is known of the model, under `patchwork.*`.',
    ...files.map(sayFile),
    '## How samples become inputs',
    ...senses.map((sense) => `### ${MODALITY_LABELS[sense]}: \`${INPUTS[sense]}\`\n\n${SAY[sense](model, words)}`),
    '## Try it',
    example(files[0]),
    '',
  ].join('\n\n');
}

function sayFile({ name, about, inputs, outputs }: Told): string {
  const rows = [...inputs.map((value) => row('in', value)), ...outputs.map((value) => row('out', value))];
  return [`## ${name}`, about, `| | name | type | shape |\n|---|---|---|---|\n${rows.join('\n')}`].join('\n\n');
}

function row(direction: string, { name, type, shape }: Value): string {
  return `| ${direction} | \`${name}\` | ${type === 'float' ? 'float32' : type} | ${shape.join(' x ')} |`;
}

type Say = (model: HomeModel, words: Vocabulary | undefined) => string;

const SAY: Readonly<Record<Sense, Say>> = { picture: sayPictures, sound: saySounds, text: sayTexts };

function sayPictures({ info: { mean, deviation }, config }: HomeModel): string {
  const cut = `Cut the largest centred square out, bring it to ${config.picture.size} px by averaging areas, rows from the top, channels first.`;
  if (mean === undefined || deviation === undefined || config.data.dataset === 'pairs') {
    return `${cut} Then (pixel - mean) / deviation for each channel; the numbers stand in \`patchwork.tokens\`, where the file knows them.`;
  }
  return `${cut} Then, of pixels from 0 to 255, (pixel - mean) / deviation: mean ${list(mean)}, deviation ${list(deviation)}.`;
}

function saySounds({ recipe, config }: HomeModel): string {
  const { kind, features, bins, rate, low, high, pieces, framesPerToken, seconds } = recipe;
  if (kind === undefined) {
    return 'Tokens of log-mel frames, normalised band by band; `patchwork.tokens` describes them, where the file knows them.';
  }
  const windows =
    'Frames are Hann windows of 512 samples (256 in pieces shorter than 64 ms, 480 for `frames`), transformed by an FFT of 512 (256).';
  const bands = `Their power is gathered in ${features === 'mfcc' ? 64 : bins} mel bands from ${low} to ${high} Hz, and its logarithm taken: ln(512^2 / (window x transform) x power + 1e-6).`;
  return [
    `One channel at ${rate} Hz, ${seconds} s; kind \`${kind}\`: ${pieces} parts in time with ${framesPerToken} frames each. ${windows} ${bands}`,
    features === 'mfcc' ? `Of the bands ${bins} cosine coefficients are taken (MFCC).` : '',
    config.sound.tokens === 'patches'
      ? 'Tokens are patches of the map of time and frequency, the highest bands first, row by row.'
      : 'A token is the frames of its part one after the other, each from the lowest band to the highest.',
    'Last, (value - mean) / (deviation + 1e-5) band by band. `patchwork.tokens` has the means and deviations; `src/data/sound/features.ts` of Patchwork is the code.',
  ]
    .filter((line) => line !== '')
    .join(' ');
}

function sayTexts(_model: HomeModel, words: Vocabulary | undefined): string {
  const ids = `Places behind a text's end are ${EMPTY}, a masked word is ${MASK}, one that the vocabulary lacks is ${UNKNOWN}.`;
  if (words === undefined) return `Ids of words, cut or filled up to the length of the input. ${ids}`;
  const count = words.names.length.toLocaleString('en');
  const rust = words.kind === 'words' ? ' Load it with the Rust or Python `tokenizers`: tokenizers.js has no WordLevel.' : '';
  return `Ids from \`tokenizer.json\` (${count} ${words.kind}), cut or filled up to the length of the input.${rust} ${ids}`;
}

function list(values: readonly number[]): string {
  return values.map((value) => value.toFixed(4)).join(', ');
}

function example(file: Told | undefined): string {
  if (file === undefined) return '';
  const feeds = file.inputs.map(({ name, type, shape }) => {
    const sizes = shape.map((size) => (typeof size === 'number' ? size : 1)).join(', ');
    return `    "${name}": np.zeros((${sizes},), np.${type === 'float' ? 'float32' : 'int64'}),`;
  });
  const lines = [
    '```python',
    'import numpy as np, onnxruntime',
    '',
    `session = onnxruntime.InferenceSession("${file.name}")`,
    'outputs = session.run(None, {',
    ...feeds,
    '})',
    'for value, output in zip(session.get_outputs(), outputs):',
    '    print(value.name, output.shape)',
    '```',
  ];
  return lines.join('\n');
}
