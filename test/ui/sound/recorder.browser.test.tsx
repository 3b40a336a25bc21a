import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Record } from '../../../src/ui/sound/Record.tsx';
import { useRecorder } from '../../../src/ui/sound/recorder.ts';

let host: HTMLElement;
let root: Root;
let files: File[];
const FIRST = useRecorder.getState();

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  useRecorder.setState(FIRST);
  files = [];
  host = document.createElement('div');
  document.body.append(host);
  root = createRoot(host);
  await act(async () => root.render(<Record onFile={(file) => files.push(file)} />));
});

afterEach(async () => {
  await act(async () => root.unmount());
  host.remove();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A microphone that hears a tone of 440 Hz. */
function microphone(level: number, settings: MediaTrackSettings = {}): MediaStream {
  const context = new AudioContext();
  const tone = new OscillatorNode(context, { frequency: 440 });
  const gain = new GainNode(context, { gain: level });
  const out = context.createMediaStreamDestination();
  tone.connect(gain).connect(out);
  tone.start();
  const [track] = out.stream.getAudioTracks();
  vi.spyOn(track, 'getSettings').mockReturnValue(settings);
  return out.stream;
}

/** As a person does it: a browser lets no sound begin otherwise. */
async function click(name: string): Promise<void> {
  const button = [...host.querySelectorAll('button')].find(({ textContent }) => textContent === name);
  await act(async () => {
    if (button !== undefined) await userEvent.click(button);
  });
}
const until = (check: () => void) => act(async () => vi.waitFor(check, 10_000));
const words = () => host.querySelector('output')?.textContent ?? '';

// A busy machine starves the browser's own sound now and then, and the microphone then truly lost something; so one of a few
// recordings has to be whole. A block that the recorder itself lost would be missing from each.
it('asks on a click only, for the sound as it is, and makes a WAV file at the rate of the sound card', { retry: 4 }, async () => {
  const off = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  let stream = new MediaStream();
  const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(async () => {
    stream = microphone(0.5, off);
    return stream;
  });
  await click('Stop');
  expect(asked).not.toHaveBeenCalled();
  await click('Record');
  expect(asked).toHaveBeenCalledExactlyOnceWith({ audio: { channelCount: 1, ...off } });
  await until(() => expect(host.querySelector('meter')?.value).toBeGreaterThan(40));
  await until(() => expect(useRecorder.getState().seconds).toBeGreaterThan(0.5));
  expect(host.textContent).toContain('of 60 s');
  expect(words()).toBe('');
  await click('Stop');
  await until(() => expect(files).toHaveLength(1));
  expect(stream.getTracks().every(({ readyState }) => readyState === 'ended')).toBe(true);
  const [file] = files;
  expect([file.name, file.type]).toEqual(['Recording 1.wav', 'audio/wav']);
  const bytes = new DataView(await file.arrayBuffer());
  const rate = bytes.getUint32(24, true);
  expect(rate).toBe(new AudioContext().sampleRate);
  const samples = new Int16Array(bytes.buffer, 44);
  // The tone, and nothing lost between blocks: as many turns as its length holds.
  const heard = samples.findIndex((sample) => Math.abs(sample) > 8000);
  const tone = samples.subarray(heard);
  const risings = tone.filter((sample, i) => i > 0 && tone[i - 1] < 0 && sample >= 0).length;
  expect(Math.abs(risings - (440 * tone.length) / rate)).toBeLessThan(2);
  expect(Math.max(...tone.map(Math.abs)) / 32_768).toBeCloseTo(0.5, 1);
  await click('Record');
  await until(() => expect(host.textContent).toContain('Stop'));
  expect(useRecorder.getState().seconds).toBeLessThan(0.5);
  await click('Stop');
});

it('says what the browser goes on doing, and that it was too loud', async () => {
  const stream = microphone(1.5, { echoCancellation: true, noiseSuppression: true, autoGainControl: false });
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockResolvedValue(stream);
  await click('Record');
  await until(() => expect(words()).toContain('Too loud'));
  expect(words()).toContain('The browser keeps echo cancellation and noise suppression on');
  await click('Stop');
  await until(() => expect(files).toHaveLength(1));
  expect(words()).toContain('Too loud');
});

it.each([
  ['NotAllowedError', 'was not allowed'],
  ['NotFoundError', 'No microphone was found'],
  ['NotReadableError', 'another program'],
])('says in plain words what a %s is', async (name, expected) => {
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(new DOMException('of the browser', name));
  await click('Record');
  await until(() => expect(words()).toContain(expected));
  expect(words()).not.toContain('of the browser');
  expect(host.textContent).toContain('Record');
});

it('says that a page without https gets no microphone', async () => {
  vi.stubGlobal('navigator', { userAgent: '' });
  await click('Record');
  await until(() => expect(words()).toContain('https'));
});

it('stops when the microphone is pulled out, with what was heard', async () => {
  const stream = microphone(0.5);
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockResolvedValue(stream);
  await click('Record');
  await until(() => expect(useRecorder.getState().seconds).toBeGreaterThan(0.2));
  await act(async () => {
    stream.getAudioTracks()[0].dispatchEvent(new Event('ended'));
  });
  await until(() => expect(files).toHaveLength(1));
});
