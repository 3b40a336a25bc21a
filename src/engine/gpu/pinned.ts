/** A run goes on with the kernels that it began with: another variant adds in another order. */
import { nameOf, type Tuning, tuningNamed } from '../../ops/wgsl/kernel.ts';
import type { Dispatcher } from './dispatcher.ts';
import { currentGpuSession } from './session.ts';

/** What was fastest on the current device. */
let tuned: { dispatcher: Dispatcher; tuning: Tuning } | undefined;

/** Runs a variant in place of the fastest, which undefined or an unknown name brings back. Does nothing where there is no GPU. */
export function pinVariant(name: string | undefined): void {
  const dispatcher = currentGpuSession()?.dispatcher;
  if (dispatcher === undefined) return;
  if (tuned?.dispatcher !== dispatcher) tuned = { dispatcher, tuning: dispatcher.tuning };
  const known = tuningNamed(name, dispatcher);
  dispatcher.tuning = known === undefined || nameOf(known) === nameOf(tuned.tuning) ? tuned.tuning : known;
}
