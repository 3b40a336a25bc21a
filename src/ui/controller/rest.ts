/** Bringing the run to rest before the page is loaded again on purpose. */
import type { CommandController } from './commands.ts';
import type { RunController } from './runs.ts';

/** A run that is kept already is not written again, and nobody says so. */
const PATIENCE_MILLISECONDS = 3000;

/** Resolves when the run stands still and has been written to where it is kept, if anywhere. */
export function rest(runs: RunController, commands: CommandController): Promise<void> {
  return new Promise((resolve) => {
    commands.pause();
    runs.listen(({ type }) => {
      if (type === 'kept' || type === 'keepFailed') resolve();
    });
    runs.link.send({ type: 'saveNow', run: runs.newest });
    setTimeout(resolve, PATIENCE_MILLISECONDS);
  });
}
