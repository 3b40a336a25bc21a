/** `npm run compare -- ...`: many experiments with many seeds, spread over jobs if need be, and what came of them. */
import { BadSettingError, NonFiniteError } from '../base/errors.ts';
import { type CommandOutlets, runCommand } from './command.ts';
import { readExperiments, shardOf, type Unit, unitsOf } from './compare/experiments.ts';
import { compareHelp } from './compare/help.ts';
import { type CompareOptions, parseCompareOptions } from './compare/options.ts';
import { Pictures } from './compare/pictures.ts';
import { Pretraining } from './compare/pretraining.ts';
import { appendResult, readResults, type UnitResult, writeResults } from './compare/results.ts';
import { resultsTable } from './compare/table.ts';
import { checkUnit, runUnit, type Workshop } from './compare/unit.ts';
import { openEngine } from './openEngine.ts';
import { checkWritable } from './save.ts';

/** Runs the command with the words that follow it, and ends the process. */
export function main(argv: readonly string[]): Promise<never> {
  return runCommand(async (outlets) => {
    const options = parseCompareOptions(argv);
    if (options.help) outlets.print(compareHelp());
    else if (options.list === undefined) merge(options, outlets);
    else await compare(options, options.list, outlets);
  }, 'Interrupted: what was finished is kept.');
}

function merge({ merge: files, out, table }: CompareOptions, { print, note }: CommandOutlets): void {
  const results = readResults(files, note);
  if (results.length === 0) throw new BadSettingError(`There is no result in ${files.join(', ')}.`);
  if (out !== undefined) writeResults(out, results);
  if (table) print(resultsTable(results));
  else if (out === undefined) for (const result of results) print(JSON.stringify(result));
}

async function compare(options: CompareOptions, list: string, outlets: CommandOutlets): Promise<void> {
  const { out, merge: others, shard, data, val, table, json } = options;
  const { print, note } = outlets;
  if (out !== undefined) checkWritable(out, '--out');
  const units = unitsOf(readExperiments(list, data, val));
  for (const unit of units) checkUnit(unit);
  const known = readResults([...(out === undefined ? [] : [out]), ...others], note);
  const finished = new Map(known.map((result) => [result.key, result]));
  const mine = shardOf(units, shard);
  const left = mine.filter(({ key }) => !finished.has(key));
  note(
    `${mine.length} of ${units.length} experiments and seeds are this job's; ${mine.length - left.length} are finished already.`,
  );
  const failures =
    left.length === 0
      ? 0
      : await work(left, options, outlets, (result) => {
          finished.set(result.key, result);
          if (out !== undefined) appendResult(out, result);
          print(json ? JSON.stringify(result) : describe(result));
        });
  if (table) print(resultsTable(units.flatMap(({ key }) => finished.get(key) ?? [])));
  if (failures > 0) throw new NonFiniteError(`${failures} of ${left.length} broke down; the others are done.`);
}

/** @returns how many broke down */
async function work(
  units: readonly Unit[],
  { weights, pretrainOnly, backend }: CompareOptions,
  { bar, note }: CommandOutlets,
  onResult: (result: UnitResult) => void,
): Promise<number> {
  let done = 0;
  const title = (name: string, seed: number) => `${done + 1}/${units.length} ${name}, seed ${seed}`;
  const pictures = new Pictures({ bar, note, reporter: { loaded: () => undefined } });
  const engine = await openEngine(backend);
  const pretraining = new Pretraining(weights, pictures, (config, step, total) =>
    bar.draw(`${done + 1}/${units.length} pretraining, ${config.task.objective}`, step, total),
  );
  const workshop: Workshop = {
    engine,
    pictures,
    pretraining,
    onProgress: ({ experiment, seed }, { doing, share, done: tasks, total }) =>
      bar.draw(title(experiment.name, seed), Math.round(100 * (tasks + share)), 100 * total, doing),
  };
  let failures = 0;
  for (const unit of units) {
    try {
      if (pretrainOnly) await pretraining.of(unit);
      else onResult(await runUnit(unit, workshop));
    } catch (error) {
      if (!(error instanceof NonFiniteError)) throw error;
      note(`${title(unit.experiment.name, unit.seed)}: ${error.message}`);
      failures += 1;
    }
    done += 1;
  }
  bar.clear();
  return failures;
}

function describe({ experiment, seed, results }: UnitResult): string {
  const lines = results.map(
    ({ protocol, labelsPerClass, accuracy }) =>
      `  ${protocol.padEnd(8)} ${(labelsPerClass === 0 ? 'all' : `${labelsPerClass} a class`).padEnd(14)} ${(100 * accuracy).toFixed(1)} %`,
  );
  return [`${experiment}, seed ${seed}`, ...lines].join('\n');
}
