/** The same board at earlier steps. */
import { Slider } from 'radix-ui';
import { useController } from '../../controller/context.ts';
import { formatCount, formatSetting } from '../../format.ts';
import { frameIndex, shownFrame } from '../../store/board.ts';
import { selectEarlierMaskRatio } from '../../store/selectors.ts';
import { useApp } from '../../store/store.ts';

export function Scrubber() {
  const count = useApp((state) => state.board.frames.length);
  const index = useApp((state) => frameIndex(state.board));
  const live = useApp((state) => state.board.cursor === null);
  const step = useApp((state) => shownFrame(state.board)?.report.step ?? 0);
  const ratio = useApp(selectEarlierMaskRatio);
  const { view } = useController();
  const newest = Math.max(0, count - 1);
  return (
    <div className="scrubber">
      <span className="scrubber-label">Training time</span>
      <Slider.Root
        className="slider"
        min={0}
        max={Math.max(1, newest)}
        step={1}
        disabled={count < 2}
        value={[count < 2 ? 1 : index]}
        onValueChange={([chosen]) => view.scrub(chosen)}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb className="slider-thumb" aria-label="Training time" aria-valuetext={`step ${formatCount(step)}`} />
      </Slider.Root>
      {ratio !== null && <span className="badge scrubber-ratio">drawn at mask ratio {formatSetting(ratio)}</span>}
      <span className="scrubber-step">step {formatCount(step)}</span>
      <button type="button" className="toggle alone" aria-pressed={live} onClick={() => view.goLive()}>
        Live
      </button>
    </div>
  );
}
