/** What the sweep's panel shows, outside React: fetched with it. */
import { create } from 'zustand';
import type { SweepState } from '../../store/sweep.ts';
import { FIRST_SWEEP } from '../../study/sweepChoice.ts';

export const NO_SWEEP: SweepState = { choice: FIRST_SWEEP, work: null, report: null, problems: [], estimate: null };

export const useSweep = create<SweepState>()(() => NO_SWEEP);
