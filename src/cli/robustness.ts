/** `npm run robustness -- ...`: labels for some senses, tests with others (McKinzie et al. 2023). */
import { RESULTS_VERSION } from '../config/resultsVersion.ts';
import type { RunConfig } from '../config/run.ts';
import { subsetName } from '../config/subsets.ts';
import { type RobustnessPlan, type RobustTask, robustTasks, rowName } from '../trainer/robustness/plan.ts';
import { sensesIn } from '../trainer/robustness/run.ts';
import { type CommandOutlets, runCommand } from './command.ts';
import { Contents } from './compare/contents.ts';
import { canonical, type Experiment, hash, shardOf } from './compare/experiments.ts';
import { keyedConfig } from './compare/keyedConfig.ts';
import { Pictures } from './compare/pictures.ts';
import { Pretraining } from './compare/pretraining.ts';
import { robustConfigOf, workThrough } from './compare/robustUnit.ts';
import { pictureConfig } from './contender.ts';
import { appendLine } from './jsonLines.ts';
import { type Engine, openEngine } from './openEngine.ts';
import { robustnessHelp } from './robustness/help.ts';
import { parseRobustnessOptions, type RobustnessOptions } from './robustness/options.ts';
import { readRows, type SavedRow } from './robustness/rows.ts';
import { robustnessTables } from './robustness/table.ts';
import { checkWritable } from './save.ts';

/** Runs the command with the words that follow it, and ends the process. */
export function main(argv: readonly string[]): Promise<never> {
  return runCommand(async (outlets) => {
    const options = parseRobustnessOptions(argv);
    if (options.help) outlets.print(robustnessHelp());
    else await study(options, outlets);
  }, 'Interrupted: finished rows are kept.');
}

async function study(options: RobustnessOptions, outlets: CommandOutlets): Promise<void> {
  const { out, seeds, shard, table, json } = options;
  const { print, note } = outlets;
  if (out !== undefined) checkWritable(out, '--out');
  const contents = new Contents();
  const configs = new Map(seeds.map((seed) => [seed, labelledConfig(options, seed)]));
  const keys = new Map<number, string>();
  for (const [seed, config] of configs) keys.set(seed, await keyOf(config, seed, options, contents));
  const known = readRows([...(out === undefined ? [] : [out]), ...options.merge], note).filter(
    (row) => keys.get(row.seed) === row.study,
  );
  const rows = [...known];
  // Whole rows of the table: they share a probe.
  const groups = seeds.flatMap((seed) => groupsOf(planOf(options, seed, configs.get(seed)), seed));
  const mine = new Set(shardOf(groups, shard));
  const engine = await openEngine(options.backend);
  const pictures = new Pictures({ ...outlets, reporter: { loaded: () => undefined } });
  const pretraining = new Pretraining(options.weights, pictures, contents, (config, step, total) =>
    outlets.bar.draw(`pretraining, ${config.task.objective}`, step, total),
  );
  for (const seed of seeds) {
    const tell = (row: SavedRow): void => {
      rows.push(row);
      if (out !== undefined) appendLine(out, row);
      if (json) print(JSON.stringify(row));
      else note(`${rowName(row)}: ${row.accuracy.map((value) => (100 * value).toFixed(1)).join(' ')} %`);
    };
    const isMine = (task: RobustTask) => mine.has(groupName(task));
    const plan = planOf(options, seed, configs.get(seed));
    const left = robustTasks(plan, sensesIn(plan.config)).filter(isMine);
    if (left.length === 0) continue;
    await oneSeed({
      options,
      seed,
      plan,
      key: keys.get(seed) ?? '',
      known,
      isMine,
      engine,
      pictures,
      pretraining,
      outlets,
      tell,
    });
  }
  outlets.bar.clear();
  if (table && rows.length > 0) print(robustnessTables(rows));
}

interface SeedWork {
  options: RobustnessOptions;
  seed: number;
  plan: RobustnessPlan;
  key: string;
  known: readonly SavedRow[];
  isMine(task: RobustTask): boolean;
  engine: Engine;
  pictures: Pictures;
  pretraining: Pretraining;
  outlets: CommandOutlets;
  tell(row: SavedRow): void;
}

async function oneSeed({ options, seed, plan, key, known, isMine, engine, pictures, pretraining, outlets, tell }: SeedWork) {
  const pretrained = options.methods.length === 0 ? undefined : await pretraining.of({ experiment: experimentOf(options), seed });
  const dataset = await pictures.of(pictureConfig(plan.config, options.data), options.data, options.val);
  const started = pretrained === undefined ? plan : { ...plan, weights: new Map([[seed, pretrained.weights]]) };
  await workThrough(
    started,
    dataset,
    {
      check: () => engine.check(),
      onRow: (row) => tell({ study: key, ...row }),
      onProgress: ({ done, total, task, doing, share }) =>
        outlets.bar.draw(
          `seed ${seed}, ${task.method} ${subsetName(task.trainedOn)}`,
          Math.round(100 * (done + share)),
          100 * total,
          doing,
        ),
    },
    new Set(known.map(rowName)),
    isMine,
  );
}

/** The pretraining of a study as an experiment with no seed yet: what `compare` pretrains, and keeps, likewise. */
function experimentOf({ from, preset, pretrain, data, val }: RobustnessOptions): Experiment {
  const start = from === undefined ? { preset, settings: Object.fromEntries(pretrain), eachSeed: true } : { from };
  return {
    name: 'robustness',
    pretrain: start,
    data,
    val,
    protocols: ['full'],
    labelsPerClass: [0],
    seeds: [],
    measures: [],
    baselines: [],
    checkpointsAt: [],
    finetune: { settings: {} },
    testPictures: 1,
  };
}

/** @throws BadSettingError when a seed's runs with labels cannot be */
function labelledConfig(options: RobustnessOptions, seed: number): RunConfig {
  const experiment = experimentOf(options);
  const named =
    options.from === undefined
      ? experiment
      : { ...experiment, pretrain: { from: options.from.replaceAll('{seed}', String(seed)) } };
  const finetune = { settings: Object.fromEntries(options.settings) };
  return robustConfigOf({ experiment: { ...named, finetune }, seed });
}

function planOf(options: RobustnessOptions, seed: number, config: RunConfig | undefined): RobustnessPlan {
  if (config === undefined) throw new Error(`no settings for seed ${seed}`);
  const { methods, baselines, alphas, scratchSteps, testCount } = options;
  return { config, weights: new Map(), seeds: [seed], methods, baselines, alphas, scratchSteps, testSamples: testCount };
}

function groupsOf(plan: RobustnessPlan, _seed: number): string[] {
  return [...new Set(robustTasks(plan, sensesIn(plan.config)).map(groupName))];
}

function groupName({ seed, trainedOn }: RobustTask): string {
  return `${seed} ${subsetName(trainedOn)}`;
}

/** All that decides a seed's numbers. */
async function keyOf(config: RunConfig, seed: number, options: RobustnessOptions, contents: Contents): Promise<string> {
  const { data, val, from, preset, pretrain, scratchSteps, testCount } = options;
  const files = await Promise.all([...data, '', ...val].map((place) => place && contents.of(place)));
  const start = from === undefined ? { preset, pretrain } : { file: await contents.of(from.replaceAll('{seed}', String(seed))) };
  return hash(canonical({ version: RESULTS_VERSION, config: keyedConfig(config), start, files, scratchSteps, testCount })).slice(
    0,
    24,
  );
}
