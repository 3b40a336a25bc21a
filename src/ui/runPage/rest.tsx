/** All of the run's page that comes after its first paint: one file, so that it is drawn at once. */
import { Hint as PlainHint } from '../controls/Hint.tsx';
import { withHints } from '../controls/Hints.tsx';
import { FileButtons as PlainFileButtons } from '../header/FileButtons.tsx';
import { HeaderMore as PlainHeaderMore } from './HeaderMore.tsx';
import { Workspace as PlainWorkspace } from './Workspace.tsx';

export const Workspace = withHints(PlainWorkspace);
export const FileButtons = withHints(PlainFileButtons);
export const HeaderMore = withHints(PlainHeaderMore);
export const Hint = withHints(PlainHint);
