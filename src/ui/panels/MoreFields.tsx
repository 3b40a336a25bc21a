/** Settings that few people change, in a window of their own: the page must not grow. What is wrong with one is said outside. */
import { SlidersHorizontal, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useBeside } from '../hooks.ts';
import { useApp } from '../store/store.ts';
import { Field } from './Field.tsx';

interface Props {
  /** Whose settings they are. */
  title: string;
  paths: readonly string[];
}

export function MoreFields({ title, paths }: Props) {
  const side = useBeside('right');
  const isWrong = useApp((state) => state.settings.problems.some(({ path }) => paths.includes(path)));
  return (
    <Popover.Root>
      <Popover.Trigger
        className="toggle alone more-fields"
        data-invalid={isWrong || undefined}
        aria-label={`${paths.length} more settings: ${title}`}
      >
        <SlidersHorizontal size={12} aria-hidden="true" />
        {paths.length} more
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover"
          side={side}
          align="start"
          sideOffset={8}
          collisionPadding={12}
          aria-label={`More settings: ${title}`}
        >
          <h3>{title}: more settings</h3>
          <div className="fields">
            {paths.map((path) => (
              <Field key={path} path={path} />
            ))}
          </div>
          <Popover.Close className="icon-button popover-close" aria-label="Close">
            <X size={14} aria-hidden="true" />
          </Popover.Close>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** What is wrong with settings that are out of sight. */
export function HiddenProblems({ paths }: { paths: readonly string[] }) {
  const problems = useApp((state) => state.settings.problems);
  return problems
    .filter(({ path }) => paths.includes(path))
    .map(({ path, message }) => (
      <p key={path} className="field-problem">
        {message}
      </p>
    ));
}
