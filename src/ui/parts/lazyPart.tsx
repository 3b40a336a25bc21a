/** A component that comes in a file of its own. Where it cannot be fetched it says so in its place, and offers to try again. */
import { type ComponentType, type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { type Part, part } from './part.ts';
import { Unfetched } from './Unfetched.tsx';

interface Options {
  /** Stands there until it has come. */
  waiting?: ReactNode;
  /** What surrounds the message when it does not come. */
  frame?: (message: ReactNode) => ReactNode;
}

export function lazyPart<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
  { waiting = null, frame = (message) => message }: Options = {},
): ComponentType<P> {
  const module = part(load);
  const ask = (): void => {
    // What went wrong is in the state.
    module.get().catch(() => {});
  };
  return function LazyPart(props: P) {
    const state = useSyncExternalStore(module.follow, module.state);
    useEffect(() => {
      if (module.state().is !== 'there') ask();
    }, []);
    switch (state.is) {
      case 'there':
        return <state.value.default {...props} />;
      case 'waiting':
        return waiting;
      case 'missing':
        return frame(<Unfetched onRetry={ask} />);
      default:
        return state satisfies never;
    }
  };
}

/** A module that comes in a file of its own; null until it is there. */
export function usePart<T>(module: Part<T>): T | null {
  const state = useSyncExternalStore(module.follow, module.state);
  useEffect(() => {
    // Whoever can do without it says nothing of its absence.
    module.get().catch(() => {});
  }, [module]);
  return state.is === 'there' ? state.value : null;
}
