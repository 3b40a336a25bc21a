/** A training that is killed again and again, and goes on each time. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Random } from '../../base/random.ts';

export type KillSignal = 'SIGKILL' | 'SIGTERM' | 'SIGUSR1' | 'SIGINT' | 'SIGHUP';

export interface KillPlan {
  /** The program and what comes before the words of `train`. */
  command: readonly string[];
  /** Options of the training, which is to take longer than a few seconds. */
  training: readonly string[];
  folder: string;
  /** In which order it is killed. */
  signals: readonly KillSignal[];
  seed: number;
  /** Seconds between checkpoints. */
  every: number;
  /** It is killed after at most so many steps of each start, and up to so many milliseconds. */
  mostSteps: number;
  mostMilliseconds: number;
  onKill?(kill: Kill): void;
}

export interface Kill {
  signal: KillSignal;
  /** What the process ended with; null after SIGKILL. */
  code: number | null;
  /** Last step that it told of. */
  step: number;
  /** Step of the checkpoint that is there afterwards, 0 for none. */
  kept: number;
  /** Seconds of training since that checkpoint was written. */
  lost: number;
  /** Whether it said that the checkpoint could not be read. */
  unreadable: boolean;
}

export interface KillReport {
  kills: Kill[];
  /** Runs that reached their end, and how many of them ended with the bytes of the unbroken one. */
  finished: number;
  equal: number;
}

interface Watched {
  child: ChildProcess;
  ended: Promise<number | null>;
  /** Steps and when they were told, by `performance.now()`. */
  steps: { step: number; at: number }[];
  saves: { step: number; at: number }[];
  errors: () => string;
}

const CHECKPOINT = 'run.patchwork';

/**
 * Trains unbroken once, then with all the kills of the plan; whenever a run reaches its end its weights are compared, and the next begins.
 *
 * @throws Error when the unbroken run fails
 */
export async function killAndResume(plan: KillPlan): Promise<KillReport> {
  const at = (name: string) => path.join(plan.folder, name);
  const whole = start(plan, ['--save', at('whole.safetensors')]);
  if ((await whole.ended) !== 0) throw new Error(`The unbroken run failed: ${whole.errors()}`);
  const expected = readFileSync(at('whole.safetensors'));
  const report: KillReport = { kills: [], finished: 0, equal: 0 };
  const random = new Random(plan.seed, 'kills');
  const options = ['--resume', at(CHECKPOINT), '--checkpoint-every', `${plan.every}s`, '--save', at('end.safetensors')];
  let next = 0;
  while (next < plan.signals.length || existsSync(at(CHECKPOINT))) {
    const run = start(plan, options);
    const signal = plan.signals[next];
    const killed = signal !== undefined && (await killAt(run, signal, moment(plan, random)));
    const code = await run.ended;
    if (signal !== undefined && killed && code !== 0) {
      const kill = describe(run, signal, code);
      report.kills.push(kill);
      plan.onKill?.(kill);
      next += 1;
      continue;
    }
    if (code !== 0) throw new Error(`The run failed with ${code}: ${run.errors()}`);
    report.finished += 1;
    report.equal += Number(Buffer.compare(readFileSync(at('end.safetensors')), expected) === 0);
    rmSync(at(CHECKPOINT));
  }
  return report;
}

function start({ command, training }: KillPlan, options: readonly string[]): Watched {
  const [program = '', ...words] = command;
  const child = spawn(program, [...words, ...training, ...options, '--json', '--report-every', '1']);
  const watched = { child, steps: [], saves: [] } as { child: ChildProcess } & Pick<Watched, 'steps' | 'saves'>;
  let errors = '';
  let rest = '';
  child.stderr.on('data', (text) => {
    errors += text;
  });
  child.stdout.on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) note(line, watched);
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  return { ...watched, ended, errors: () => errors };
}

function note(line: string, { child, steps, saves }: { child: ChildProcess } & Pick<Watched, 'steps' | 'saves'>): void {
  const { event, step } = JSON.parse(line) as { event: string; step: number };
  const entry = { step, at: performance.now() };
  if (event === 'report') {
    steps.push(entry);
    child.emit('step');
  } else if (event === 'saved' || event === 'resumed') saves.push(entry);
}

function moment({ mostSteps, mostMilliseconds }: KillPlan, random: Random): { steps: number; milliseconds: number } {
  return { steps: random.below(mostSteps + 1), milliseconds: random.below(mostMilliseconds + 1) };
}

/** @returns false when it ended before that */
async function killAt(run: Watched, signal: KillSignal, { steps, milliseconds }: ReturnType<typeof moment>): Promise<boolean> {
  let over = false;
  void run.ended.then(() => {
    over = true;
    run.child.emit('step');
  });
  while (run.steps.length < steps && !over) await new Promise<void>((resolve) => run.child.once('step', resolve));
  // Before its first step it is killed while it opens.
  await Promise.race([run.ended, new Promise((resolve) => setTimeout(resolve, milliseconds))]);
  if (over) return false;
  return run.child.kill(signal);
}

function describe({ steps, saves, errors }: Watched, signal: KillSignal, code: number | null): Kill {
  const last = steps.at(-1) ?? saves.at(-1);
  const save = saves.at(-1);
  const begun = save?.at ?? steps[0]?.at ?? 0;
  return {
    signal,
    code,
    step: last?.step ?? 0,
    kept: save?.step ?? 0,
    lost: last === undefined ? 0 : Math.max(0, (last.at - begun) / 1000),
    unreadable: /damaged|not a safetensors|cut off/.test(errors()),
  };
}
