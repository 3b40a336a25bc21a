/** The scripts of docs/scale.md, word for word, with a scheduler that is not there: it starts them, signals them, and starts them again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { readRunFileHead } from '../../src/io/runFile.ts';
import { ownFolder, ROOT, TINY } from './shortRuns.ts';

const PAGE = readFileSync(path.join(ROOT, 'docs/scale.md'), 'utf8');
const at = ownFolder('schedulers');

const LIST = [
  {
    name: 'MP3',
    pretrain: { settings: { ...TINY, 'optimiser.batch': 4, 'optimiser.steps': 1500 } },
    protocols: ['knn'],
    labelsPerClass: 2,
    seeds: [1],
    testPictures: 20,
  },
];

/** The blocks of code of a section. */
function blocksOf(section: string): string[] {
  const [, text = ''] = new RegExp(`^## ${section}$([\\s\\S]*?)^## `, 'm').exec(PAGE) ?? [];
  return [...text.matchAll(/```\w+\n([\s\S]*?)```/g)].map(([, code = '']) => code);
}

/** A command on the path before all others. */
function fake(name: string, text: string): void {
  mkdirSync(at('bin'), { recursive: true });
  writeFileSync(at('bin', name), `#!/bin/bash\n${text}\n`);
  chmodSync(at('bin', name), 0o755);
}

interface Job {
  child: ChildProcess;
  /** All that it has said on both ends so far. */
  said(): string;
  ended: Promise<number | null>;
}

function start(command: string, args: readonly string[], env: Record<string, string> = {}): Job {
  const child = spawn(command, args, { cwd: at(), env: { ...process.env, PATH: `${at('bin')}:${process.env.PATH}`, ...env } });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (more) => (text += more));
  return { child, said: () => text, ended: new Promise((resolve) => child.on('close', resolve)) };
}

/** Until something is so, or the job has ended without it. */
async function until(job: Job, isSo: () => boolean): Promise<void> {
  let over = false;
  void job.ended.then(() => (over = true));
  while (!isSo()) {
    if (over) throw new Error(`It ended before: ${job.said()}`);
    await pause(5);
  }
}

beforeAll(async () => {
  // The repository in a folder of its own, with the list: as the page says.
  symlinkSync(path.join(ROOT, 'scripts'), at('scripts'));
  writeFileSync(at('experiments.json'), JSON.stringify(LIST));
  // The first start of all bundles the sources.
  await start(process.execPath, ['scripts/cli.mjs', 'compare', '--help']).ended;
}, 240_000);

describe('Slurm', () => {
  const [script = ''] = blocksOf('Slurm');
  const asked = new Map([...script.matchAll(/--([\w-]+)(?:=(\S+))?/g)].map(([, name = '', value = '']) => [name, value]));

  it('is told before the time is up, requeues the job, and the second start ends what the first began', {
    timeout: 240_000,
  }, async () => {
    writeFileSync(at('job.sh'), script);
    // A step is a process of its own, and without "B:" it is the step that is signalled.
    fake('srun', `echo $$ > ${at('step')}\nexec "$@"`);
    fake('scontrol', `echo "$@" >> ${at('scontrol')}`);
    expect(asked.get('signal')).toMatch(/^USR1@\d+$/);
    expect(asked.has('requeue')).toBe(true);
    const slurm = { SLURM_JOB_ID: '77', SLURM_ARRAY_TASK_ID: '1', SLURM_ARRAY_TASK_COUNT: '8', SLURM_SUBMIT_DIR: at() };
    const locked = () => existsSync(at('weights')) && readdirSync(at('weights')).some((name) => name.endsWith('.lock'));

    const first = start('bash', ['job.sh'], slurm);
    await until(first, locked);
    process.kill(Number(readFileSync(at('step'), 'utf8')), 'SIGUSR1');
    expect([await first.ended, first.said()]).toEqual([75, expect.any(String)]);
    expect(readFileSync(at('scontrol'), 'utf8')).toBe('requeue 77\n');
    const [partial = ''] = readdirSync(at('weights')).filter((name) => name.endsWith('.patchwork'));
    const { steps } = readRunFileHead(readFileSync(at('weights', partial))).record;
    expect(steps).toBeLessThan(1500);

    const second = start('bash', ['job.sh'], { ...slurm, SLURM_RESTART_COUNT: '1' });
    expect([await second.ended, second.said()]).toEqual([0, expect.stringContaining(`step ${steps.toLocaleString('en-US')}`)]);
    expect(readFileSync(at('scontrol'), 'utf8')).toBe('requeue 77\n');
    expect(readFileSync(at('part1.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('Kubernetes', () => {
  const [shards = '', training = ''] = blocksOf('Kubernetes');

  it('gives every pod its shard, as the process that gets the signals', async () => {
    // A plain scalar of several lines is one, with a space for each end of a line.
    const [, scalar = ''] = /args:\n\s+- ([\s\S]*?)\n\s+resources:/.exec(shards) ?? [];
    fake('node', 'echo "$$ $@"');
    const pod = start('sh', ['-c', scalar.replaceAll(/\s*\n\s*/g, ' ')], { JOB_COMPLETION_INDEX: '7' });
    await pod.ended;
    rmSync(at('bin', 'node'));
    const [pid, ...words] = pod.said().trim().split(' ');
    expect(Number(pid)).toBe(pod.child.pid);
    expect(words.join(' ')).toMatch(/^scripts\/cli\.mjs compare .*--out \/work\/part7\.jsonl --shard 8\/8$/);
  });

  it('ends a training with SIGTERM, which is no failure, and starts it again where it was', { timeout: 240_000 }, async () => {
    const listed = (name: string) =>
      (new RegExp(`${name}: \\[(.*)\\]`).exec(training)?.[1] ?? '').split(',').map((word) => word.trim().replaceAll('"', ''));
    const [command = '', ...words] = [...listed('command'), ...listed('args')].map((word) =>
      word.replace(/^\/work\//, `${at()}/`),
    );
    expect(words).toContain(at('run.patchwork'));

    const first = start(command, words);
    await until(first, () => first.said().includes('"step"'));
    first.child.kill('SIGTERM');
    const code = await first.ended;
    expect(listed('values').map(Number)).toContain(code);
    const { steps } = readRunFileHead(readFileSync(at('run.patchwork'))).record;
    expect(steps).toBeGreaterThan(0);

    const second = start(command, words);
    await until(second, () => second.said().includes('"resumed"'));
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(143);
    const [resumed] = second
      .said()
      .split('\n')
      .filter((line) => line.includes('"resumed"'));
    expect(JSON.parse(resumed ?? '')).toMatchObject({ event: 'resumed', step: steps });
  });
});
