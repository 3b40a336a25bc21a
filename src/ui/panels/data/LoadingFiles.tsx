/** Files being read. The run goes on meanwhile. */
import { useController } from '../../controller/context.ts';
import type { Progress } from '../../store/run.ts';
import { LoadingLine } from '../LoadingLine.tsx';

export function LoadingFiles({ loading }: { loading: Progress }) {
  const { files } = useController();
  return <LoadingLine loading={loading} meanwhile="The current run goes on." onCancel={() => files.cancel()} />;
}
