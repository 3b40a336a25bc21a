/** What the trainer has to know of a command before it handles it. */
import type { ErrorAbout, TrainerCommand } from './protocol.ts';

/** What puts another run in the place of the one that there is. */
export const MAKING: ReadonlySet<TrainerCommand['type']> = new Set(['open', 'reset', 'return', 'resume']);

/** A command for a run that has made place for another, or was refused. Before there is a run every command finds out by itself. */
export function isForAnother(command: TrainerCommand, current: number | undefined): boolean {
  switch (command.type) {
    case 'open':
    case 'reset':
    case 'return':
    case 'load':
    case 'pause':
    case 'resume':
      return false;
    default:
      return current !== undefined && command.run !== current;
  }
}

/** Steps that fail leave a run that cannot go on; whatever else is asked for can be refused. */
export function failureOf({ type }: TrainerCommand): 'report' | 'fail' {
  return type === 'step' || type === 'profile' ? 'fail' : 'report';
}

export function aboutOf(command: TrainerCommand): ErrorAbout {
  return {
    ...('run' in command ? { run: command.run } : {}),
    ...('request' in command ? { request: command.request } : {}),
  };
}
