/**
 * Name, pages, run buttons and status; what runs, how fast, and what can be taken home. Where the window is narrow the run buttons and
 * the status stay at its top.
 */
import { Brand } from '../header/Brand.tsx';
import { Nav } from '../header/Nav.tsx';
import { RunStatus } from '../header/RunStatus.tsx';
import { LateFileButtons, LateHeaderMore } from './late.tsx';
import { RunButtons } from './RunButtons.tsx';

export function RunHeader() {
  return (
    <header className="header run-header">
      <div className="header-top">
        <Brand />
        <Nav />
        <LateFileButtons />
      </div>
      <div className="header-run">
        <RunButtons />
        <RunStatus />
      </div>
      <div className="header-more">
        <LateHeaderMore />
      </div>
    </header>
  );
}
