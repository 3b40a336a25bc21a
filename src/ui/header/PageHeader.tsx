/** The header of the pages beside the first: where one is, and how the run does meanwhile. */
import type { ReactNode } from 'react';
import { Brand } from './Brand.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { Nav } from './Nav.tsx';
import { RunStatus } from './RunStatus.tsx';
import { TextButton } from './TextButton.tsx';
import { ThemeButton } from './ThemeButton.tsx';

/** `children` stand beside the run's status. */
export function PageHeader({ children }: { children?: ReactNode }) {
  return (
    <header className="header page-header">
      <div className="header-top">
        <Brand />
        <Nav />
        <div className="file-buttons">
          <HelpDialog />
          <TextButton />
          <ThemeButton />
        </div>
      </div>
      <div className="header-run">
        <div className="run-buttons">{children}</div>
        <RunStatus />
      </div>
    </header>
  );
}
