/** Records from the microphone, when somebody asks for it. What is recorded stays on this computer. */
import { create } from 'zustand';
import { messageOf } from '../../base/errors.ts';
import { joinFloats } from '../../base/join.ts';
import { wavFile } from '../../data/sound/wavFile.ts';
import { type Channel, openChannel } from '../../worker/channel.ts';
import type { RecordingCommand, RecordingEvent } from '../../worker/protocol.ts';
import worklet from '../../worker/recording.worklet.js?url&no-inline';
import { stopPlaying } from './player.ts';
import { to16Bit } from './wav.ts';

interface RecorderState {
  is: 'idle' | 'asking' | 'recording';
  seconds: number;
  /** Of the last block, 0 to 1. */
  level: number;
  /** Some of it was louder than numbers can say. */
  clipped: boolean;
  /** What the browser goes on doing to the sound though it was asked not to, in words. */
  processing: readonly string[];
  problem: string | null;
  /** Recordings so far. */
  count: number;
}

const IDLE = { is: 'idle', seconds: 0, level: 0, clipped: false, processing: [], problem: null } as const;

export const useRecorder = create<RecorderState>()(() => ({ ...IDLE, count: 0 }));

export const MOST_SECONDS = 60;
/** Samples of this size have lost their tips. */
const CLIPPED = 0.999;

/** All on by default in browsers: they are made for calls, and change what music and voices sound like. */
const PROCESSING = {
  echoCancellation: 'echo cancellation',
  noiseSuppression: 'noise suppression',
  autoGainControl: 'automatic gain',
} as const;

type Processing = keyof typeof PROCESSING;
const PROCESSINGS = Object.keys(PROCESSING) as Processing[];

/** One recording: what has to be ended, and what was heard. */
interface Take {
  stream: MediaStream;
  context: AudioContext;
  channel: Channel<RecordingCommand, RecordingEvent>;
  blocks: Float32Array[];
  samples: number;
  onFile(file: File): void;
}

let take: Take | null = null;

/** Asks for the microphone, and records until `stopRecording` or for a minute. @param onFile gets the recording as a WAV file */
export async function record(onFile: (file: File) => void): Promise<void> {
  if (useRecorder.getState().is !== 'idle') return;
  stopPlaying();
  useRecorder.setState({ ...IDLE, is: 'asking' });
  let stream: MediaStream | undefined;
  // Now, while the click is fresh: later a browser may leave it asleep. At the sound card's own rate: another one fails in Firefox, and
  // is brought to 16 kHz with less care than ours.
  const context = new AudioContext();
  try {
    stream = await openMicrophone();
    await context.audioWorklet.addModule(worklet);
    await context.resume();
    take = listen(stream, context, onFile);
    const settings = stream.getAudioTracks()[0].getSettings();
    const processing = PROCESSINGS.filter((name) => isOn(settings[name])).map((name) => PROCESSING[name]);
    useRecorder.setState({ is: 'recording', processing });
  } catch (error) {
    end(stream, context);
    useRecorder.setState({ ...IDLE, problem: problemOf(error) });
  }
}

/** What the worklet still holds comes first. */
export function stopRecording(): void {
  take?.channel.send({ type: 'stop' });
}

async function openMicrophone(): Promise<MediaStream> {
  // Absent where the page came over plain http from another computer.
  if (!('mediaDevices' in navigator)) throw new DOMException('no secure page', 'SecurityError');
  const off = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  return navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, ...off } });
}

function listen(stream: MediaStream, context: AudioContext, onFile: (file: File) => void): Take {
  const options = { numberOfInputs: 1, numberOfOutputs: 1, channelCount: 1, channelCountMode: 'explicit' } as const;
  const node = new AudioWorkletNode(context, 'recording', options);
  const channel = openChannel<RecordingCommand, RecordingEvent>(node.port);
  const made: Take = { stream, context, channel, blocks: [], samples: 0, onFile };
  channel.listen((event) => {
    if (event.type === 'block') hear(made, event.samples);
    else finish(made);
  });
  for (const track of stream.getAudioTracks()) track.addEventListener('ended', stopRecording);
  context.createMediaStreamSource(stream).connect(node);
  // Silent, but only what leads somewhere is asked for samples.
  node.connect(context.destination);
  return made;
}

function hear(made: Take, block: Float32Array): void {
  const most = MOST_SECONDS * made.context.sampleRate - made.samples;
  if (most <= 0) return;
  made.blocks.push(block.subarray(0, most));
  made.samples += Math.min(most, block.length);
  const level = block.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  useRecorder.setState(({ clipped }) => ({
    seconds: made.samples / made.context.sampleRate,
    level: Math.min(1, level),
    clipped: clipped || level >= CLIPPED,
  }));
  if (block.length >= most) stopRecording();
}

function finish(made: Take): void {
  const { sampleRate } = made.context;
  end(made.stream, made.context);
  const samples = to16Bit(joinFloats(made.blocks));
  const count = useRecorder.getState().count + 1;
  if (samples.length === 0) {
    useRecorder.setState({ ...IDLE, problem: 'Nothing was recorded: the microphone gave no sound.' });
    return;
  }
  // What is to be known of the recording stays in sight.
  useRecorder.setState({ is: 'idle', level: 0, count });
  const bytes = new Uint8Array(wavFile(samples, sampleRate));
  made.onFile(new File([bytes], `Recording ${count}.wav`, { type: 'audio/wav' }));
}

/** Lets the microphone go: the browser's mark that it is listened to goes out. */
function end(stream: MediaStream | undefined, context: AudioContext): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
  void context.close();
  take = null;
}

/** Newer browsers name the kind of echo cancellation. */
function isOn(setting: boolean | string | undefined): boolean {
  return setting !== undefined && setting !== false && setting !== 'none';
}

function problemOf(error: unknown): string {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
      return 'The microphone was not allowed. Allow it beside the page’s address, then press Record again.';
    case 'NotFoundError':
      return 'No microphone was found. Plug one in, then press Record again.';
    case 'NotReadableError':
      return 'The microphone gives no sound: another program may hold it.';
    case 'SecurityError':
      return 'Browsers lend the microphone to secure pages only: open Patchwork by https, or on the computer that serves it.';
    default:
      return `The microphone cannot be used: ${messageOf(error)}`;
  }
}
