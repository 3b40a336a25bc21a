/** All of the run's page that comes after its first paint: one file, so that it is drawn at once. */
import type { ComponentProps } from 'react';
import { Hint as PlainHint } from '../controls/Hint.tsx';
import { Hints } from '../controls/Hints.tsx';
import { FileButtons as PlainFileButtons } from '../header/FileButtons.tsx';
import { HeaderMore as PlainHeaderMore } from './HeaderMore.tsx';
import { Workspace as PlainWorkspace } from './Workspace.tsx';

export const Workspace = () => (
  <Hints>
    <PlainWorkspace />
  </Hints>
);

export const FileButtons = () => (
  <Hints>
    <PlainFileButtons />
  </Hints>
);

export const HeaderMore = () => (
  <Hints>
    <PlainHeaderMore />
  </Hints>
);

export const Hint = (props: ComponentProps<typeof PlainHint>) => (
  <Hints>
    <PlainHint {...props} />
  </Hints>
);
