/** `FILE.lock`: one process at a time writes a checkpoint. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { BadSettingError, messageOf } from '../../base/errors.ts';

const owner = z.object({
  pid: z.int(),
  host: z.string(),
  /** When the process began, in the machine's own count: numbers of processes come again. Empty where nobody tells. */
  born: z.string(),
  /** Of Slurm: which start of which job. */
  job: z.string(),
});
type Owner = z.infer<typeof owner>;

/**
 * Takes the lock, over from a process that is gone too.
 *
 * @returns gives it back
 * @throws BadSettingError when another process has it, or it cannot be written
 */
export function lock(file: string): () => void {
  const place = `${file}.lock`;
  const own = JSON.stringify(self());
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(place, own, { flag: 'wx' });
      return () => {
        if (read(place) === own) rmSync(place, { force: true });
      };
    } catch (error) {
      if (!existsSync(place)) throw new BadSettingError(`${place} cannot be written: ${messageOf(error)}. Choose another place.`);
    }
    takeAway(place, file);
  }
  throw new BadSettingError(`${place} comes and goes: other processes want ${file} too. Let one of them have it.`);
}

/** Removes a lock whose process is gone. @throws BadSettingError when it is not known to be */
function takeAway(place: string, file: string): void {
  const found = read(place);
  if (found === undefined) return;
  const theirs = parse(found);
  if (theirs !== undefined && mayLive(theirs)) {
    const { pid, host } = theirs;
    throw new BadSettingError(
      `${file} is being written by process ${pid} on ${host}. Wait for it, name another file, or, if it is gone, delete ${place}.`,
    );
  }
  // Whoever else saw it too may have put another one there meanwhile.
  const aside = `${place}.${process.pid}`;
  try {
    renameSync(place, aside);
  } catch {
    return;
  }
  if (read(aside) === found) rmSync(aside, { force: true });
  else renameSync(aside, place);
}

function mayLive({ pid, host, born, job }: Owner): boolean {
  const { host: here, job: ownJob } = self();
  // The same job that was started again elsewhere: it runs once.
  if (job !== '' && ownJob !== '' && job !== ownJob && jobOf(job) === jobOf(ownJob)) return false;
  if (host !== here) return true;
  if (!exists(pid)) return false;
  return born === '' || bornOf(pid) === born;
}

function jobOf(start: string): string {
  return start.slice(0, start.indexOf('/'));
}

function self(): Owner {
  const { SLURM_JOB_ID: job, SLURM_RESTART_COUNT: start = '0' } = process.env;
  return { pid: process.pid, host: hostname(), born: bornOf(process.pid), job: job === undefined ? '' : `${job}/${start}` };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of somebody else: it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Linux tells since which tick after which start of the machine a process runs. */
function bornOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // The name, in brackets, may hold spaces; what counts is the 22nd field.
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return '';
  }
}

function read(place: string): string | undefined {
  try {
    return readFileSync(place, 'utf8');
  } catch {
    return undefined;
  }
}

/** Half a lock, of a process that died while it wrote it, is nobody's. */
function parse(text: string): Owner | undefined {
  try {
    return owner.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
