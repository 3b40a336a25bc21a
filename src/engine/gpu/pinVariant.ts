import { currentGpuSession } from './session.ts';
import { variantsThatAreRight } from './trial.ts';

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
  if (tuning.matmul === name) return true;
  const right = await variantsThatAreRight(dispatcher).finally(() => {
    dispatcher.tuning = tuning;
  });
  const found = right.find((variant) => variant === name);
  if (found === undefined) return false;
  dispatcher.tuning = { matmul: found };
  return true;
}
