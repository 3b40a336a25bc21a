/** What a run needs to go on elsewhere. */

/** The vectors that training changes, on the host. */
export interface StateVectors {
  parameters: Float32Array;
  firstMoment: Float32Array;
  secondMoment: Float32Array;
  /** As long as the teacher's parameters; absent when there is none. */
  teacher?: Float32Array;
  /** The weights that the first phase ended with, once it has. */
  pretrained?: Float32Array;
}

/** Where a run is. */
export interface StatePlace {
  /** Updates done. */
  steps: number;
  /** Pictures consumed. */
  cursor: number;
  /** Index of the phase that has begun. */
  phase: number;
  /** Updates done when the optimiser began with empty moments: its bias correction counts from there. */
  optimiserSince: number;
}

/** Everything that a run needs to go on elsewhere, bit for bit on the same backend; its random numbers follow from seed and step. */
export interface RunState extends StateVectors, StatePlace {}
