/** A component that comes in a file of its own. Where it cannot be fetched it says so in its place, and offers to try again. */
import { type ComponentType, type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { type Part, part } from './part.ts';
import { Unfetched } from './Unfetched.tsx';

interface Options<P> {
  /** Stands there until it has come. */
  waiting?: ReactNode | ((props: P) => ReactNode);
  /** What surrounds the message when it does not come. */
  frame?: (message: ReactNode, props: P) => ReactNode;
}

export function lazyPart<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
  options: Options<P> = {},
): ComponentType<P> {
  return pieceOf(part(load), (module) => module.default, options);
}

/** One component of a module that has several: whichever is drawn first fetches all of them, and to try again at one is to try for all. */
export function pieceOf<M, P extends object>(
  module: Part<M>,
  pick: (module: M) => ComponentType<P>,
  { waiting = null, frame = (message) => message }: Options<P> = {},
): ComponentType<P> {
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
      case 'there': {
        const Piece = pick(state.value);
        return <Piece {...props} />;
      }
      case 'waiting':
        return typeof waiting === 'function' ? waiting(props) : waiting;
      case 'missing':
        return frame(<Unfetched onRetry={ask} />, props);
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
