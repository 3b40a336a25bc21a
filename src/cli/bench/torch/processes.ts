/** Python with PyTorch as processes that wait for messages, one for each number of threads, started when it is first asked. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { BackendError } from '../../../base/errors.ts';
import type { TorchLink, TorchThreads } from './link.ts';
import script from './step.py?raw';

type Process = ChildProcessByStdio<Writable, Readable, Readable>;

interface Waiting {
  resolve(answer: string): void;
  reject(error: Error): void;
}

interface Served {
  process: Process;
  waiting: Waiting[];
}

export class TorchProcesses {
  private readonly served = new Map<TorchThreads, Served>();

  /** @param python an interpreter that has `torch` */
  constructor(private readonly python: string) {}

  readonly link: TorchLink = (threads, message) =>
    new Promise((resolve, reject) => {
      const { process, waiting } = this.of(threads);
      waiting.push({ resolve, reject });
      process.stdin.write(message);
    });

  close(): void {
    for (const { process } of this.served.values()) process.kill();
    this.served.clear();
  }

  private of(threads: TorchThreads): Served {
    const known = this.served.get(threads);
    if (known !== undefined) return known;
    const count = String(threads);
    // Of the libraries beneath it, which are told before they start.
    const counts = { OMP_NUM_THREADS: count, OPENBLAS_NUM_THREADS: count, MKL_NUM_THREADS: count };
    // Between two steps others are timed. Threads of OpenMP that look for work when they wake keep those of OpenBLAS off the processors:
    // of two threads a step after a pause took three to six times as long as steps one after another, and just as long once they sleep.
    const env = { ...process.env, ...counts, OMP_WAIT_POLICY: 'passive' };
    const own = spawn(this.python, ['-c', script, count], { stdio: ['pipe', 'pipe', 'pipe'], env });
    const fresh: Served = { process: own, waiting: [] };
    this.served.set(threads, fresh);
    let complaint = '';
    own.stderr.on('data', (text: Buffer) => {
      complaint = `${complaint}${text}`.slice(-2000);
    });
    createInterface({ input: own.stdout }).on('line', (line) => fresh.waiting.shift()?.resolve(line));
    const end = (why: string): void => {
      this.served.delete(threads);
      for (const { reject } of fresh.waiting.splice(0))
        reject(new BackendError(`PyTorch ended: ${why} ${complaint.trim()}`.trim()));
    };
    own.on('error', ({ message }) => end(message));
    own.on('close', (code, signal) => end(String(code ?? signal)));
    // What is written to a process that has ended; it says so itself.
    own.stdin.on('error', () => {});
    return fresh;
  }
}
