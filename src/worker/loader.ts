/** The loader's end of the protocol: files in, data sets out, one at a time. Samples go straight to the worker that wants them. */
import { toErrorReport } from '../base/errors.ts';
import { loadFiles, loadSample } from '../data/load.ts';
import type { Decoders } from '../data/readers/readers.ts';
import { buffersOf } from '../data/samples.ts';
import { type Channel, openChannel, type PortLike } from './channel.ts';
import { loadedDataset } from './loadedDataset.ts';
import { fill } from './parcel.ts';
import type { LoaderCommand, LoaderEvent } from './protocol.ts';

type Command<T extends LoaderCommand['type']> = Extract<LoaderCommand, { type: T }>;
type LoaderChannel = Channel<LoaderEvent, LoaderCommand>;

/** Answers commands until the worker ends. A `load` that another one replaces is never answered. */
export function serveLoader(port: PortLike, decoders: Decoders): void {
  const channel: LoaderChannel = openChannel(port);
  let current = new AbortController();
  channel.listen((command) => {
    switch (command.type) {
      case 'load':
        current.abort();
        current = new AbortController();
        load(command, channel, decoders, current.signal);
        return;
      case 'cancel':
        current.abort();
        return;
      case 'sample':
        readSample(command, channel, decoders);
        return;
      default:
        command satisfies never;
    }
  });
}

async function load(
  { id, files, options, door }: Command<'load'>,
  channel: LoaderChannel,
  decoders: Decoders,
  signal: AbortSignal,
): Promise<void> {
  try {
    const onProgress = (task: string, done: number, total: number) => channel.send({ type: 'progress', id, task, done, total });
    const { dataset, report } = await loadFiles(files, options, decoders, onProgress, signal);
    if (dataset === undefined) channel.send({ type: 'loaded', id, report });
    else {
      const loaded = loadedDataset(dataset);
      fill(door, dataset, buffersOf(dataset.train, dataset.heldOut));
      channel.send({ type: 'loaded', id, dataset: loaded, report });
    }
  } catch (error) {
    if (!signal.aborted) channel.send({ type: 'error', id, error: toErrorReport(error) });
  }
}

async function readSample(
  { id, file, modality, options, channels, door }: Command<'sample'>,
  channel: LoaderChannel,
  decoders: Decoders,
): Promise<void> {
  try {
    const { sample, isLong } = await loadSample(file, modality, options, channels, decoders);
    fill(door, sample, buffersOf(sample));
    channel.send({ type: 'sample', id, isLong });
  } catch (error) {
    // Who asked knows the name.
    channel.send({ type: 'error', id, error: toErrorReport(error) });
  }
}
