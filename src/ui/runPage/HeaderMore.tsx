/** The ready runs; what runs, and how fast. */
import { BenchLink } from '../header/BenchLink.tsx';
import { EngineChip } from '../header/EngineChip.tsx';
import { Metrics } from '../header/Metrics.tsx';
import { PresetChoice } from '../header/PresetChoice.tsx';

export function HeaderMore() {
  return (
    <>
      <PresetChoice />
      <div className="header-facts">
        <EngineChip />
        <BenchLink />
        <Metrics />
      </div>
    </>
  );
}
