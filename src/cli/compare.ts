/** `npm run compare -- ...`: many experiments with many seeds, spread over jobs if need be, and what came of them. */
import { BackendError, BadSettingError, messageOf, StudyError } from '../base/errors.ts';
import { FIGURE_CARDS } from '../config/figures/cards.ts';
import { RESULTS_VERSION } from '../config/resultsVersion.ts';
import type { RunConfig } from '../config/run.ts';
import { sayAbout } from '../trainer/sweep/pace.ts';
import { type CommandOutlets, runCommand } from './command.ts';
import { cardTable, readCardResults } from './compare/cardTable.ts';
import { Contents } from './compare/contents.ts';
import { runEnsembleUnit } from './compare/ensembleUnit.ts';
import { estimateSweeps } from './compare/estimate.ts';
import { type Experiment, type KeyedUnit, readExperiments, shardOf, type Unit, unitsOf } from './compare/experiments.ts';
import { type Figure, figureExperiments, figureResult, sayVerdicts, writeCardResult } from './compare/figure.ts';
import { compareHelp } from './compare/help.ts';
import { keyOf } from './compare/keys.ts';
import { isEnsemble, startsOf } from './compare/members.ts';
import { type CompareOptions, parseCompareOptions } from './compare/options.ts';
import { Pictures } from './compare/pictures.ts';
import { Pretraining, readStart } from './compare/pretraining.ts';
import { appendResult, describeVersions, readResults, type UnitResult, writeResults } from './compare/results.ts';
import { unfoldSweeps } from './compare/sweep.ts';
import { writeSummary } from './compare/sweepResults.ts';
import { resultsTable } from './compare/table.ts';
import { checkUnit, runUnit, type Workshop } from './compare/unit.ts';
import { openEngine } from './openEngine.ts';
import { robustnessTable } from './robustness/table.ts';
import { checkWritable } from './save.ts';
import { Signals, Stopped } from './signals.ts';

/** Runs the command with the words that follow it, and ends the process. */
export function main(argv: readonly string[]): Promise<never> {
  return runCommand(async (outlets) => {
    const options = parseCompareOptions(argv);
    if (options.help) outlets.print(compareHelp());
    else if (options.cards !== undefined) outlets.print(cardTable(FIGURE_CARDS, readCardResults(options.cards)));
    else if (options.list === undefined && options.figure === undefined) merge(options, outlets);
    else await compare(options, outlets);
  }, 'Interrupted: what was finished is kept.');
}

function merge({ merge: files, out, table, summary }: CompareOptions, { print, note }: CommandOutlets): void {
  const results = readResults(files, note);
  if (results.length === 0) throw new BadSettingError(`There is no result in ${files.join(', ')}.`);
  if (out !== undefined) writeResults(out, results);
  if (summary !== undefined) writeSummary(summary, results);
  if (table) print(resultsTable(results));
  else if (out === undefined && summary === undefined) for (const result of results) print(JSON.stringify(result));
}

async function compare(options: CompareOptions, outlets: CommandOutlets): Promise<void> {
  const { out, merge: others, shard, table, summary, json, cardResult } = options;
  const { print, note } = outlets;
  if (out !== undefined) checkWritable(out, '--out');
  if (summary !== undefined) checkWritable(summary, '--summary');
  if (cardResult !== undefined) checkWritable(cardResult, '--card-result');
  const contents = new Contents();
  const figure = figureOf(options);
  const listed = unitsOf(unfoldSweeps(experimentsOf(options, figure)));
  const checked = await Promise.all(listed.map((unit) => prepare(unit, contents)));
  const units = checked.filter((unit): unit is KeyedUnit => !isRefused(unit));
  const refused = checked.filter(isRefused);
  // Nothing can run: that is wrong use, and nothing was done.
  if (units.length === 0 && refused[0] !== undefined) throw new BadSettingError(refused.map(({ error }) => error).join('\n'));
  const known = readResults([...(out === undefined ? [] : [out]), ...others], note);
  const versions = describeVersions(known);
  if (versions !== '') note(versions);
  const finished = new Map(known.filter(({ error }) => error === undefined).map((result) => [result.key, result]));
  const mine = shardOf(units, shard);
  const left = mine.filter(({ key }) => !finished.has(key));
  note(
    `${mine.length} of ${units.length} experiments and seeds are this job's; ${mine.length - left.length} are finished already.`,
  );
  const tell = (result: UnitResult): void => {
    if (result.error === undefined) finished.set(result.key, result);
    if (out !== undefined) appendResult(out, result);
    print(json ? JSON.stringify(result) : describe(result));
  };
  for (const text of takenForGranted(mine)) note(text);
  for (const unit of refused) note(`${unit.experiment.name}, seed ${unit.seed}: ${unit.error}`);
  const broken = left.length === 0 ? 0 : await work(left, contents, options, outlets, tell);
  const found = [...units.flatMap(({ key }) => finished.get(key) ?? []), ...otherVersions(known, units)];
  if (table) print(resultsTable(found));
  if (summary !== undefined) writeSummary(summary, found);
  if (figure !== undefined && !options.pretrainOnly) tellFigure(figure, found, options, outlets);
  const failures = broken + refused.length;
  if (failures > 0) throw new StudyError(`${failures} of ${left.length + refused.length} failed; the others are done.`);
}

function figureOf({ figure: card, size, data, val }: CompareOptions): Figure | undefined {
  return card && { card, size, data, val };
}

function experimentsOf({ list, data, val }: CompareOptions, figure: Figure | undefined): Experiment[] {
  return figure === undefined ? readExperiments(list ?? '', data, val) : figureExperiments(figure);
}

/** Verdicts are for people: with --json lines of results stand alone. */
function tellFigure(
  figure: Figure,
  found: readonly UnitResult[],
  { cardResult, json }: CompareOptions,
  { print, note }: CommandOutlets,
): void {
  const result = figureResult(figure, found);
  (json ? note : print)(sayVerdicts(result));
  if (cardResult !== undefined) writeCardResult(cardResult, result);
}

/** Points of these sweeps that another version measured: shown, marked, and not averaged with the new ones. */
function otherVersions(known: readonly UnitResult[], units: readonly Unit[]): UnitResult[] {
  const sweeps = new Set(units.flatMap(({ experiment }) => experiment.place?.of ?? []));
  return known.filter(({ version, sweep }) => version !== RESULTS_VERSION && sweep !== undefined && sweeps.has(sweep.of));
}

type Refused = Unit & { error: string };

const isRefused = (unit: KeyedUnit | Refused): unit is Refused => 'error' in unit;

/** Finds out what a unit is, and whether it can run. One that cannot does not keep the others from it. */
async function prepare(unit: Unit, contents: Contents): Promise<KeyedUnit | Refused> {
  try {
    for (const one of startsOf(unit)) checkUnit(one);
    return { ...unit, key: await keyOf(unit, contents) };
  } catch (error) {
    return { ...unit, error: messageOf(error) };
  }
}

/** Of files that others made, each once. */
function takenForGranted(units: readonly Unit[]): string[] {
  const files = units
    .flatMap(startsOf)
    .flatMap(({ experiment: { pretrain } }) => (pretrain !== null && 'from' in pretrain ? pretrain.from : []));
  return [...new Set(files)].flatMap((file) => readStart(file).notes.map((text) => `${file}: ${text}`));
}

/** @returns how many failed */
async function work(
  units: readonly KeyedUnit[],
  contents: Contents,
  { weights, pretrainOnly, backend, checkpointEvery, requeueExit }: CompareOptions,
  { bar, note }: CommandOutlets,
  onResult: (result: UnitResult) => void,
): Promise<number> {
  let done = 0;
  let left = '';
  const title = (name: string, seed: number) => `${done + 1}/${units.length} ${name}, seed ${seed}`;
  const pictures = new Pictures({ bar, note, reporter: { loaded: () => undefined } });
  const engine = await openEngine(backend);
  const onStep = (config: RunConfig, step: number, total: number): void =>
    bar.draw(`${done + 1}/${units.length} pretraining, ${config.task.objective}${left}`, step, total);
  // Without a folder there is nothing to go on from, and Ctrl+C is as everywhere.
  const keeping = weights === undefined ? undefined : { signals: new Signals(note, requeueExit), every: checkpointEvery, note };
  const pretraining = new Pretraining(weights, pictures, contents, onStep, keeping);
  const outlook = pretrainOnly ? undefined : await estimateSweeps(units, pretraining, pictures);
  if (outlook !== undefined) note(outlook.text);
  // Once for all seeds of an experiment.
  const told = new Set<string>();
  const workshop: Workshop = {
    engine,
    pictures,
    pretraining,
    onProgress: ({ experiment, seed }, { doing, share, done: tasks, total }) =>
      bar.draw(`${title(experiment.name, seed)}${left}`, Math.round(100 * (tasks + share)), 100 * total, doing),
    onOtherData: ({ experiment: { name } }, message) => {
      if (!told.has(name)) note(`${name}: ${message}`);
      told.add(name);
    },
  };
  let failures = 0;
  for (const [index, unit] of units.entries()) {
    const began = performance.now();
    left = outlook === undefined ? '' : `, ${sayAbout(outlook.pace.secondsLeft)} left`;
    try {
      if (pretrainOnly) for (const start of startsOf(unit)) await pretraining.of(start);
      else onResult(await (isEnsemble(unit) ? runEnsembleUnit : runUnit)(unit, workshop));
    } catch (error) {
      // A device that is gone is gone for all of them.
      if (error instanceof BackendError || error instanceof Stopped) throw error;
      const { key, experiment, seed } = unit;
      note(`${title(experiment.name, seed)}: ${messageOf(error)}`);
      const failed = { version: RESULTS_VERSION, key, experiment: experiment.name, seed, pretraining: null };
      if (!pretrainOnly) onResult({ ...failed, backend: engine.backend.name, results: [], error: messageOf(error) });
      failures += 1;
    }
    done += 1;
    outlook?.pace.finish(outlook.gflop[index] ?? 0, (performance.now() - began) / 1000);
  }
  bar.clear();
  return failures;
}

function describe({ experiment, seed, results, scores = {}, stepMilliseconds, stepMegabytes, rows, error }: UnitResult): string {
  if (error !== undefined) return `${experiment}, seed ${seed}: failed. ${error}`;
  if (rows !== undefined) return `${experiment}, seed ${seed}\n${robustnessTable(rows)}`;
  const told = Object.entries(scores).map(([name, value]) => `  ${name.padEnd(23)} ${value === null ? '-' : value.toFixed(3)}`);
  if (stepMilliseconds !== undefined) told.push(`  ${'ms per step'.padEnd(23)} ${stepMilliseconds.toFixed(1)}`);
  if (stepMegabytes !== undefined) told.push(`  ${'MB of a step'.padEnd(23)} ${stepMegabytes.toFixed(1)}`);
  const lines = results.map(
    ({ protocol, contender, labelsPerClass, accuracy }) =>
      `  ${contender === undefined ? '' : `${contender.padEnd(23)} `}${protocol.padEnd(8)} ${(labelsPerClass === 0 ? 'all' : `${labelsPerClass} a class`).padEnd(14)} ${(100 * accuracy).toFixed(1)} %`,
  );
  return [`${experiment}, seed ${seed}`, ...told, ...lines].join('\n');
}
