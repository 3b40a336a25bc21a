import { BackendError, toErrorReport } from '../base/errors.ts';
import type { BackendRequest } from '../config/backends.ts';
import { selectBackend } from '../engine/backend.ts';
import type { EngineEnvironment } from '../engine/environment.ts';
import type { Channel } from './channel.ts';
import type { TrainerCommand, TrainerEvent } from './protocol.ts';

/** Makes a backend current and tells the page which; the one asked for or, with an error that says why not, another. */
export async function startEngine(
  request: BackendRequest,
  environment: EngineEnvironment,
  channel: Channel<TrainerEvent, TrainerCommand>,
): Promise<void> {
  const task = 'Starting the engine';
  channel.send({ type: 'progress', task, done: 0, total: 1 });
  try {
    channel.send({ type: 'backend', backend: await selectBackend(request, environment) });
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    // Asked for by name and not to be had: say so, and train on what there is.
    channel.send({ type: 'error', about: {}, error: toErrorReport(error) });
    channel.send({ type: 'backend', backend: await selectBackend('auto', environment) });
  }
  channel.send({ type: 'progress', task, done: 1, total: 1 });
}
