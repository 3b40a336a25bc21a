/** What takes part in the bench: one way to do the training step of a `Problem`. */
import type { BackendName } from '../config/backends.ts';
import type { Problem } from './problem.ts';

export interface Contender {
  /** What has to be known of it to read its times: a version, a library beneath it. */
  readonly about?: string;
  /**
   * Steps after which its times are what a long run has: compiled pipelines, filled pools, a recorded graph. At least 1.
   */
  readonly warmUp: number;
  /** Makes it the one whose turn it is. Called before each of its turns, and not timed. */
  activate(): Promise<void>;
  /** Draws the next batch, does one update, and returns the loss before it. */
  step(): Promise<number>;
  /** Resolves when everything that was handed to the device is done. */
  settle(): Promise<void>;
  /**
   * One product of two square matrices of this side, left on the device: what the machine is capable of. Absent where another
   * contender multiplies in the same way.
   */
  multiply?(side: number): Promise<void>;
  /**
   * What the latest step took by its own clock, in milliseconds; absent where the time from the call of `step` until `settle` is it.
   * For one that computes in another process, which is asked over a pipe.
   */
  ownMs?(): number;
  dispose(): void;
}

/** A contender that has not been made yet. */
export interface Entrant {
  name: string;
  /** Why it cannot take part in a problem; undefined where it can, or where this is absent. */
  refuses?(problem: Problem, backend: BackendName): string | undefined;
  enter(problem: Problem, backend: BackendName): Promise<Contender>;
}
