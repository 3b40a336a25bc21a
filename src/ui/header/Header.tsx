/** Name, run buttons and run status; below them what runs, how fast, and what can be taken home. */

import { BenchLink } from './BenchLink.tsx';
import { Brand } from './Brand.tsx';
import { EngineChip } from './EngineChip.tsx';
import { FileButtons } from './FileButtons.tsx';
import { Metrics } from './Metrics.tsx';
import { Nav } from './Nav.tsx';
import { PresetChoice } from './PresetChoice.tsx';
import { RunButtons } from './RunButtons.tsx';
import { RunStatus } from './RunStatus.tsx';

export function Header() {
  return (
    <header className="header">
      <Brand />
      <Nav />
      <RunButtons />
      <RunStatus />
      <PresetChoice />
      <div className="header-facts">
        <EngineChip />
        <BenchLink />
        <Metrics />
      </div>
      <FileButtons />
    </header>
  );
}
