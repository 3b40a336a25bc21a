/** A file of weights being read, wherever it was chosen; nothing while there is none. */
import { useController } from '../controller/context.ts';
import { useApp } from '../store/store.ts';
import { LoadingLine } from './LoadingLine.tsx';

export function LoadingWeights() {
  const weights = useApp((state) => state.weights);
  const { weights: reader } = useController();
  if (weights === null) return null;
  const { file, task } = weights;
  return (
    <LoadingLine
      loading={{ ...weights, task: `${file}: ${task.charAt(0).toLowerCase()}${task.slice(1)}` }}
      meanwhile="Everything else goes on."
      onCancel={() => reader.cancel()}
    />
  );
}
