/** The loader's end of the protocol: files in, data sets out, one at a time. Pictures go straight to the worker that wants them. */
import { toErrorReport } from '../base/errors.ts';
import type { DecodePicture } from '../data/decode.ts';
import { loadFiles, loadPhoto } from '../data/load.ts';
import { buffersOf } from '../data/samples.ts';
import { type Channel, openChannel, type PortLike } from './channel.ts';
import { fill } from './parcel.ts';
import type { LoaderCommand, LoaderEvent } from './protocol.ts';

type Command<T extends LoaderCommand['type']> = Extract<LoaderCommand, { type: T }>;
type LoaderChannel = Channel<LoaderEvent, LoaderCommand>;

/** Answers commands until the worker ends. A `load` that another one replaces is never answered. */
export function serveLoader(port: PortLike, decode: DecodePicture): void {
  const channel: LoaderChannel = openChannel(port);
  let current = new AbortController();
  channel.listen((command) => {
    switch (command.type) {
      case 'load':
        current.abort();
        current = new AbortController();
        load(command, channel, decode, current.signal);
        return;
      case 'cancel':
        current.abort();
        return;
      case 'photo':
        readPhoto(command, channel, decode);
        return;
      default:
        command satisfies never;
    }
  });
}

async function load(
  { id, files, options, door }: Command<'load'>,
  channel: LoaderChannel,
  decode: DecodePicture,
  signal: AbortSignal,
): Promise<void> {
  try {
    const onProgress = (task: string, done: number, total: number) => channel.send({ type: 'progress', id, task, done, total });
    const { dataset, report } = await loadFiles(files, options, decode, onProgress, signal);
    if (dataset === undefined) channel.send({ type: 'loaded', id, report });
    else {
      fill(door, dataset, buffersOf(dataset.train, dataset.heldOut));
      channel.send({ type: 'loaded', id, dataset: { name: dataset.name }, report });
    }
  } catch (error) {
    if (!signal.aborted) channel.send({ type: 'error', id, error: toErrorReport(error) });
  }
}

async function readPhoto(
  { id, file, size, channels, door }: Command<'photo'>,
  channel: LoaderChannel,
  decode: DecodePicture,
): Promise<void> {
  try {
    const photo = await loadPhoto(file, size, channels, decode);
    fill(door, photo, buffersOf(photo));
    channel.send({ type: 'photo', id });
  } catch (error) {
    // Who asked knows the name.
    channel.send({ type: 'error', id, error: toErrorReport(error) });
  }
}
