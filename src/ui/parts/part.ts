/** Pieces of the page that come in files of their own when they are first needed. */

/** A piece could not be fetched: the server is gone, or serves a new version under other names. */
export class PartError extends Error {
  override readonly name = 'PartError';

  constructor() {
    super('This part of the page could not be fetched: the server cannot be reached, or has a new version.');
  }
}

export type PartState<T> = { is: 'waiting' } | { is: 'there'; value: T } | { is: 'missing' };

/** A module that is fetched once; what failed is tried again when somebody asks again. */
export class Part<T> {
  private now: PartState<T> = { is: 'waiting' };
  private coming: Promise<T> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly load: () => Promise<T>) {}

  /** @throws PartError when it cannot be fetched */
  get(): Promise<T> {
    this.coming ??= this.fetch();
    return this.coming;
  }

  /** For React: how it stands, without asking for it. */
  readonly state = (): PartState<T> => this.now;

  readonly follow = (changed: () => void): (() => void) => {
    this.listeners.add(changed);
    return () => this.listeners.delete(changed);
  };

  private async fetch(): Promise<T> {
    if (this.now.is === 'missing') this.become({ is: 'waiting' });
    try {
      const value = await this.load();
      this.become({ is: 'there', value });
      return value;
    } catch {
      this.coming = undefined;
      this.become({ is: 'missing' });
      // The browser's own words name files and nothing that a person could do.
      throw new PartError();
    }
  }

  private become(state: PartState<T>): void {
    this.now = state;
    for (const changed of this.listeners) changed();
  }
}

const parts: Part<unknown>[] = [];

/** @param load a dynamic import, written out so that the build gives its module a file of its own */
export function part<T>(load: () => Promise<T>): Part<T> {
  const made = new Part(load);
  parts.push(made);
  return made;
}

/** Every part that there is, fetched or not. */
export const allParts = (): readonly Part<unknown>[] => parts;
