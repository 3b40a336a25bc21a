/** What it saves that several students share one look of the teacher, measured when asked. */

import type { Words } from '../../../config/modalities/facts.ts';
import type { MaskSaving as Saving } from '../../../trainer/maskSaving.ts';
import { useController } from '../../controller/context.ts';
import { formatMilliseconds } from '../../format.ts';
import { selectConfig } from '../../store/selectors.ts';
import { useApp } from '../../store/store.ts';
import { useWords } from '../../store/useView.ts';

export function MaskSaving() {
  const masks = useApp((state) => selectConfig(state).data2vec.masks);
  const saving = useApp((state) => state.run.maskSaving);
  const measuring = useApp((state) => state.run.measuringMasks);
  const isReady = useApp((state) => state.run.info !== null && state.run.phase !== 'failed');
  const { sample, samples } = useWords();
  const { commands } = useController();
  return (
    <div className="mask-saving">
      <button
        type="button"
        className="button small-button"
        disabled={!isReady || measuring || masks < 2}
        onClick={() => void commands.measureMasks()}
      >
        {measuring ? 'Measuring…' : `Measure the saving from ${masks} masks`}
      </button>
      <p className="small muted" aria-live="polite">
        {saving === null ? 'Training waits for a few steps.' : sentence(saving, { sample, samples })}
      </p>
    </div>
  );
}

function sentence({ masks, pictures, together, apart }: Saving, { sample, samples }: Pick<Words, 'sample' | 'samples'>): string {
  const share = apart / together;
  return (
    `${pictures} ${samples} with ${masks} masks: ${formatMilliseconds(together)} a step; as many students with a ${sample} each: ` +
    `${formatMilliseconds(apart)}. ${share >= 1 ? `${share.toFixed(2)} times as fast.` : 'No saving here.'}`
  );
}
