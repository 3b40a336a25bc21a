/** Reads the command line of `compare`. */
import { BadSettingError } from '../../base/errors.ts';
import type { BackendRequest } from '../../config/backends.ts';
import { CARD_SIZES, type CardSize, type FigureCard } from '../../config/figures/card.ts';
import { FIGURE_CARDS } from '../../config/figures/cards.ts';
import { type OptionTable, readArguments } from '../arguments.ts';
import { CHECKPOINT_DEFAULTS, CHECKPOINT_OPTIONS, type CheckpointOptions } from '../checkpoint/options.ts';
import { allAsWritten, asWritten, COMMON_OPTIONS, flag } from '../optionTable.ts';
import { readShard, type Shard } from '../shard.ts';
import { readFigure } from './figure.ts';

export interface CompareOptions extends CheckpointOptions {
  list?: string;
  /** A card in place of a list. */
  figure?: FigureCard;
  size: CardSize;
  /** Gets the lines and verdicts of the figure. */
  cardResult?: string;
  /** A folder of such files: all figures are printed as a table. */
  cards?: string;
  out?: string;
  merge: string[];
  weights?: string;
  /** This job's part of the work: one of `count`, from 1. */
  shard: Shard;
  data: string[];
  val: string[];
  pretrainOnly: boolean;
  table: boolean;
  /** Gets what sweeps found. */
  summary?: string;
  backend: BackendRequest;
  json: boolean;
  help: boolean;
}

/** Every option once: reading, `--help` and the messages derive from this table. */
export const COMPARE_OPTIONS: OptionTable<CompareOptions> = {
  list: asWritten('list', 'FILE', 'A JSON list of experiments: docs/scale.md shows what may stand in it.'),
  figure: {
    value: 'ID',
    help: `In place of a list: a figure or table of a paper (${FIGURE_CARDS.map(({ id }) => id).join(', ')}).`,
    read: (draft, text) => {
      draft.figure = readFigure(text);
    },
  },
  size: {
    value: 'SIZE',
    help: 'Of the figure: quick, one seed and a few minutes, or careful, three seeds (default careful).',
    read: (draft, text) => {
      const size = CARD_SIZES.find((name) => name === text);
      if (size === undefined) throw new BadSettingError(`--size is ${CARD_SIZES.join(' or ')}, not "${text}".`);
      draft.size = size;
    },
  },
  'card-result': asWritten('cardResult', 'FILE', 'Gets the lines and verdicts of the figure as JSON.'),
  cards: asWritten('cards', 'FOLDER', 'Prints all figures as a table, with what files of --card-result there say.'),
  out: asWritten(
    'out',
    'FILE',
    'Gets a line of JSON for each finished experiment and seed; what stands there already is not run again.',
  ),
  shard: {
    value: 'I/N',
    help: 'Does part I of N, from 1 (default 1/1).',
    read: (draft, text) => {
      draft.shard = readShard(text);
    },
  },
  weights: asWritten(
    'weights',
    'FOLDER',
    'Keeps pretrained weights there, and a pretraining that is under way: no run is pretrained twice, in this job or another, and one that was ended goes on where it was.',
  ),
  ...CHECKPOINT_OPTIONS,
  'pretrain-only': flag('pretrainOnly', 'Pretrains what the experiments start from, into --weights, and stops there.'),
  merge: allAsWritten(
    'merge',
    'FILE...',
    'Results of other jobs. With --list they count as finished; without, they are put together (into --out, if given).',
  ),
  table: flag('table', 'Prints a table: mean and spread over seeds.'),
  summary: {
    value: 'FILE',
    help: 'Gets what sweeps and ensembles found, mean, deviation and number of seeds at each point: a table for spreadsheets (.csv), or JSON (.json).',
    read: (draft, text) => {
      if (!/\.(csv|json)$/.test(text)) throw new BadSettingError(`--summary ends in .csv or .json, not "${text}".`);
      draft.summary = text;
    },
  },
  data: allAsWritten(
    'data',
    'PATH',
    'Labelled pictures, sounds or texts of experiments that name none. May be given several times.',
  ),
  val: allAsWritten('val', 'PATH', 'The same to test on (with --data).'),
  backend: COMMON_OPTIONS.backend,
  json: COMMON_OPTIONS.json,
  help: COMMON_OPTIONS.help,
};

/** @throws BadSettingError naming the option, and what it takes */
export function parseCompareOptions(argv: readonly string[]): CompareOptions {
  const draft: CompareOptions = {
    size: 'careful',
    merge: [],
    shard: { index: 1, count: 1 },
    data: [],
    val: [],
    pretrainOnly: false,
    table: false,
    backend: 'auto',
    ...CHECKPOINT_DEFAULTS,
    json: false,
    help: false,
  };
  const options = readArguments(spreadMerge(argv), COMPARE_OPTIONS, draft);
  if (options.help) return options;
  const works = options.list !== undefined || options.figure !== undefined;
  if (options.cards !== undefined) return options;
  if (!works && options.merge.length === 0)
    throw new BadSettingError(
      'Name experiments with --list FILE, a figure of a paper with --figure ID, or results with --merge FILE. See --help.',
    );
  if (options.list !== undefined && options.figure !== undefined)
    throw new BadSettingError('--figure ID stands in place of --list FILE: leave one of them out.');
  if (options.cardResult !== undefined && options.figure === undefined)
    throw new BadSettingError('--card-result is of a figure: name it with --figure ID.');
  if (options.pretrainOnly && (options.weights === undefined || !works))
    throw new BadSettingError('--pretrain-only needs --list FILE or --figure ID, and --weights FOLDER to put the weights into.');
  if (options.val.length > 0 && options.data.length === 0)
    throw new BadSettingError('--val names samples to test on, so it needs --data PATH.');
  return options;
}

/** A shell puts all files of a pattern behind one `--merge`: each gets its own. */
function spreadMerge(argv: readonly string[]): string[] {
  let merging = false;
  return argv.flatMap((word, i) => {
    if (word.startsWith('--')) merging = word === '--merge' || word.startsWith('--merge=');
    else if (merging && argv[i - 1] !== '--merge') return ['--merge', word];
    return [word];
  });
}
