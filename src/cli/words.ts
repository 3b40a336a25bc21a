/** `npm run words`: what masked words and classes of texts can be told from without a model. */
import { BadDataError } from '../base/errors.ts';
import { Random } from '../base/random.ts';
import type { Samples } from '../data/samples.ts';
import type { TextSet } from '../data/text/textSet.ts';
import { kindsOfWords } from '../data/text/wordKinds.ts';
import type { Tokenizer } from '../data/tokenizer.ts';
import { tokenizerOf } from '../data/tokenizers.ts';
import { bagsOfWords, bestSingleWord, type LabelledTexts } from '../metrics/bagOfWords.ts';
import { accuracyOf } from '../metrics/classification.ts';
import { applyLinearProbe, fitLinearProbe } from '../metrics/linearProbe.ts';
import { learnNgrams, NGRAM_NAMES, type TextRows } from '../metrics/ngrams.ts';
import { scoreNgrams, type WordShare } from '../metrics/wordScores.ts';
import { runCommand } from './command.ts';
import { openDataset, settingsOn } from './dataset.ts';
import { parseTrainOptions } from './options.ts';

const HELP = `npm run words -- [--data PATH] [--preset NAME] [--set SETTING=VALUE]

Tells masked words of texts from their neighbours, and classes from the words that a text has: what a model's accuracy stands
beside. Options are those of train that say which texts; Tales unless told.`;
const DEFAULTS = ['--preset', 'labels-tales'];
/** Labels of each class, and how often they are drawn. */
const FEW_LABELS = [10, 40, 160];
const DRAWS = 3;

type Print = (line: string) => void;

export function main(argv: readonly string[]): Promise<never> {
  return runCommand(async ({ print, note, bar }) => {
    const options = parseTrainOptions([...DEFAULTS, ...argv]);
    if (options.help) return print(HELP);
    const dataset = await openDataset(options, { reporter: { loaded: () => undefined }, bar, note });
    const config = settingsOn(options.config, options.asked, dataset);
    const train = asTexts(dataset.train);
    const heldOut = asTexts(dataset.heldOut);
    const tokenizer = tokenizerOf(config, train);
    const rows = { train: rowsOf(tokenizer, train), heldOut: rowsOf(tokenizer, heldOut) };
    print(`${dataset.name}: ${train.count} texts to learn from, ${heldOut.count} to test on, seed ${config.optimiser.seed}`);
    reportWords(print, train, rows);
    if (train.labels === undefined || heldOut.labels === undefined) return;
    reportClasses(print, train.vocabulary.names, {
      train: { ...rows.train, labels: train.labels, classes: train.classes.length },
      heldOut: { ...rows.heldOut, labels: heldOut.labels, classes: train.classes.length },
    });
  }, 'Interrupted.');
}

function asTexts(set: Samples): TextSet {
  if (set.modality !== 'text') throw new BadDataError('This is about texts: name some with --data, or --set data.dataset=tales.');
  return set;
}

function rowsOf(tokenizer: Tokenizer, set: TextSet): TextRows {
  const { values, patches } = tokenizer.cut(
    set,
    Array.from({ length: set.count }, (_, i) => i),
  );
  return { ids: Int32Array.from(values), n: patches };
}

/** Every held-out word in turn, all others known. */
function reportWords(print: Print, set: TextSet, { train, heldOut }: { train: TextRows; heldOut: TextRows }): void {
  const { names } = set.vocabulary;
  const kinds = kindsOfWords(set.vocabulary, 'set' in set.texts ? set.texts.set : undefined);
  const ngrams = learnNgrams(train, names.length);
  for (const [k, name] of NGRAM_NAMES.entries()) {
    const { accuracy, crossEntropy, count, kinds: byKind, elsewhere } = scoreNgrams(ngrams, name, heldOut, kinds);
    if (k === 0) {
      const counts = byKind.map(({ count }, i) => `${kinds.kinds[i]} (${count})`);
      print(
        `\n| masked word from | top-1 (${count}) | cross-entropy | stands elsewhere (${elsewhere.count}) | ${counts.join(' | ')} |`,
      );
      print(`|${'---|'.repeat(4 + counts.length)}`);
    }
    const shares = [elsewhere, ...byKind].map(shareText);
    print(`| ${name} | ${accuracy.toFixed(3)} | ${crossEntropy.toFixed(2)} | ${shares.join(' | ')} |`);
  }
}

function shareText({ accuracy, count }: WordShare): string {
  return count === 0 ? '-' : accuracy.toFixed(2);
}

function reportClasses(
  print: Print,
  names: readonly string[],
  { train, heldOut }: { train: LabelledTexts; heldOut: LabelledTexts },
): void {
  const best = bestSingleWord(train, heldOut, names.length);
  print(`\nClass, chance ${(1 / train.classes).toFixed(3)}, on ${heldOut.labels.length} texts:`);
  if (best !== undefined) print(`- best single word "${names[best.id]}": ${best.accuracy.toFixed(3)}`);
  const sizes = new Array<number>(train.classes).fill(0);
  for (let row = 0; row < train.labels.length; row++) sizes[train.labels[row]]++;
  for (const count of FEW_LABELS.filter((few) => few <= Math.min(...sizes))) {
    const found = Array.from({ length: DRAWS }, (_, draw) => bagAccuracy(fewOf(train, count, draw), heldOut, names.length, 0.1));
    const mean = found.reduce((sum, value) => sum + value, 0) / DRAWS;
    const deviation = Math.sqrt(found.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (DRAWS - 1));
    print(`- bag of words, ${count} labels a class: ${mean.toFixed(3)} ± ${deviation.toFixed(3)} (${DRAWS} draws)`);
  }
  print(`- bag of words, all labels: ${bagAccuracy(train, heldOut, names.length, 1e-3).toFixed(3)}`);
}

function bagAccuracy(train: LabelledTexts, heldOut: LabelledTexts, vocabulary: number, weightDecay: number): number {
  const probe = fitLinearProbe(bagsOfWords(train, vocabulary), { weightDecay });
  return accuracyOf(applyLinearProbe(probe, bagsOfWords(heldOut, vocabulary).features).predictions, heldOut.labels);
}

/** `count` texts of each class, others in every draw. */
function fewOf({ ids, n, labels, classes }: LabelledTexts, count: number, draw: number): LabelledTexts {
  const left = new Array<number>(classes).fill(count);
  const order = [...new Random(draw, 'few labels', count).permutation(labels.length)];
  const chosen = order.filter((row) => left[labels[row]]-- > 0);
  const few = new Int32Array(chosen.length * n);
  chosen.forEach((row, i) => {
    few.set(ids.subarray(row * n, row * n + n), i * n);
  });
  return { ids: few, n, labels: chosen.map((row) => labels[row]), classes };
}
