/** What takes part in the bench: one way to do the training step of a `Problem`. */
import type { BackendName } from '../config/backends.ts';
import type { Problem } from './problem.ts';

export interface Contender {
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
  dispose(): void;
}

/** A contender that has not been made yet. */
export interface Entrant {
  name: string;
  enter(problem: Problem, backend: BackendName): Promise<Contender>;
}
