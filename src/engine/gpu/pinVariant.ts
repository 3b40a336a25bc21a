import { nameOf, tuningNamed } from '../../ops/wgsl/kernel.ts';
import { currentGpuSession } from './session.ts';
import { areRowsRight, variantsThatAreRight } from './trial.ts';

/**
 * Makes the current device multiply as a run was computed before, so that it goes on with the same bits. To be called before the run is
 * made.
 *
 * @param name of the variant (`EngineInfo.variant`)
 * @returns false when nothing was changed: there is no GPU, or it knows no such variant, or computes something else with it
 */
export async function pinVariant(name: string): Promise<boolean> {
  const dispatcher = currentGpuSession()?.dispatcher;
  if (dispatcher === undefined) return false;
  const { tuning } = dispatcher;
  if (nameOf(tuning) === name) return true;
  const wanted = tuningNamed(name, dispatcher);
  if (wanted === undefined) return false;
  try {
    if (!(await variantsThatAreRight(dispatcher)).includes(wanted.matmul)) return false;
    if (wanted.rows === 'subgroups' && !(await areRowsRight(dispatcher, wanted.matmul))) return false;
  } finally {
    dispatcher.tuning = tuning;
  }
  dispatcher.tuning = wanted;
  return true;
}
