/** The page of the run: a header, settings on the left, the board in the middle, measurements on the right. */
import { useController } from '../controller/context.ts';
import { useSpaceBar } from '../useSpaceBar.ts';
import { useUndoKeys } from '../useUndoKeys.ts';
import { LateWorkspace } from './late.tsx';
import { RunHeader } from './RunHeader.tsx';

export function RunPage() {
  const { experiment } = useController();
  useSpaceBar(experiment);
  useUndoKeys(experiment);
  return (
    <>
      <RunHeader />
      <LateWorkspace />
    </>
  );
}
