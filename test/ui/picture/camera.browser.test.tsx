import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Camera } from '../../../src/ui/picture/Camera.tsx';

let host: HTMLElement;
let root: Root;
let files: File[];

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  files = [];
  host = document.createElement('div');
  document.body.append(host);
  root = createRoot(host);
  await act(async () => root.render(<Camera onFile={(file) => files.push(file)} />));
});

afterEach(async () => {
  await act(async () => root.unmount());
  host.remove();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A camera that sees a picture of orange, 64 x 48. */
function camera(): MediaStream {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [64, 48];
  const context = canvas.getContext('2d');
  const paint = () => {
    if (context === null) return;
    context.fillStyle = '#ff8800';
    context.fillRect(0, 0, 64, 48);
  };
  paint();
  const timer = setInterval(paint, 50);
  const stream = canvas.captureStream();
  stream.getVideoTracks()[0].addEventListener('ended', () => clearInterval(timer));
  return stream;
}

const button = (name: string) => [...host.querySelectorAll('button')].find(({ textContent }) => textContent === name);
const press = (name: string) => act(async () => button(name)?.click());
/** What changes of itself is drawn at the end of an act. */
const until = (check: () => void) =>
  vi.waitFor(async () => {
    await act(async () => undefined);
    check();
  }, 30_000);

it('asks on a click only, gives the frame of now as a picture, and lets the camera go', async () => {
  const stream = camera();
  const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockResolvedValue(stream);
  expect(asked).not.toHaveBeenCalled();
  await press('Camera');
  expect(asked).toHaveBeenCalledTimes(1);
  await until(() => expect(button('Take')?.disabled).toBe(false));
  await press('Take');
  await until(() => expect(files).toHaveLength(1));
  expect(files[0].name).toMatch(/^Camera \d+\.png$/);
  const bitmap = await createImageBitmap(files[0]);
  expect([bitmap.width, bitmap.height]).toEqual([64, 48]);
  const canvas = new OffscreenCanvas(64, 48);
  const context = canvas.getContext('2d');
  context?.drawImage(bitmap, 0, 0);
  const [red, green, blue] = context?.getImageData(32, 24, 1, 1).data ?? [];
  expect(red).toBeGreaterThan(230);
  expect(Math.abs(green - 0x88)).toBeLessThan(20);
  expect(blue).toBeLessThan(40);
  await press('Close');
  expect(button('Camera')).toBeDefined();
  expect(stream.getVideoTracks()[0].readyState).toBe('ended');
});

it('says what to do where it is refused', async () => {
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
  await press('Camera');
  await until(() => expect(host.querySelector('output')?.textContent).toMatch(/was not allowed.*press Camera again/));
});
