/**
 * Name, pages, run buttons and status; what runs, how fast, and what can be taken home. Where the window is narrow the run buttons and
 * the status stay at its top.
 */

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
    <header className="header run-header">
      <div className="header-top">
        <Brand />
        <Nav />
        <FileButtons />
      </div>
      <div className="header-run">
        <RunButtons />
        <RunStatus />
      </div>
      <div className="header-more">
        <PresetChoice />
        <div className="header-facts">
          <EngineChip />
          <BenchLink />
          <Metrics />
        </div>
      </div>
    </header>
  );
}
