/**
 * The pieces of the run's page that are fetched after its first paint, and what keeps their places until then. Where they do not come, the
 * place of the workspace says so, and offers to try again for all of them.
 */

import { pieceOf } from '../parts/lazyPart.tsx';
import { part } from '../parts/part.ts';

const REST = part(() => import('./rest.tsx'));

export const LateWorkspace = pieceOf(REST, ({ Workspace }) => Workspace, {
  waiting: <main className="workspace" aria-busy="true" />,
  frame: (message) => <main className="studies">{message}</main>,
});

const FILE_BUTTONS = <div className="file-buttons" />;

export const LateFileButtons = pieceOf(REST, ({ FileButtons }) => FileButtons, {
  waiting: FILE_BUTTONS,
  frame: () => FILE_BUTTONS,
});

const HEADER_MORE = (
  <>
    <div className="preset" />
    <div className="header-facts" />
  </>
);

export const LateHeaderMore = pieceOf(REST, ({ HeaderMore }) => HeaderMore, { waiting: HEADER_MORE, frame: () => HEADER_MORE });

/** A button can do without its hint. */
export const LateHint = pieceOf(REST, ({ Hint }) => Hint, {
  waiting: ({ children }) => children,
  frame: (_, { children }) => children,
});
