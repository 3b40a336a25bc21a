/** Plays one sound at a time, when somebody asks for it: nothing here begins by itself. */
import { create } from 'zustand';
import { messageOf, PatchworkError } from '../../base/errors.ts';
import type { Heard } from './heard.ts';

/** What sounds now, or is made to. */
interface Sounding {
  is: 'making' | 'sounding';
  heard: Heard;
  /** Of it that is over, 0 to 1. */
  share: number;
}

interface PlayerState {
  now: Sounding | null;
  /** What was heard last. */
  last: { heard: Heard; samples: Float32Array<ArrayBuffer> } | null;
  /** Why nothing is heard. */
  problem: string | null;
}

export const usePlayer = create<PlayerState>()(() => ({ now: null, last: null, problem: null }));

/** A browser lets a page have few contexts, and one that is open keeps the sound card awake. */
const UNUSED_MILLISECONDS = 60_000;
/** Without a loudspeaker Firefox never wakes a context, and never says so. */
const WAKING_MILLISECONDS = 4000;

class Player {
  private context: AudioContext | null = null;
  private source: AudioBufferSourceNode | null = null;
  private asked = new AbortController();
  private frame = 0;
  private closing: ReturnType<typeof setTimeout> | undefined;

  async play(heard: Heard): Promise<void> {
    this.stop();
    const { signal } = this.asked;
    usePlayer.setState({ now: { is: 'making', heard, share: 0 }, problem: null });
    try {
      // Opened and woken while the click is fresh: later no browser lets a sound begin.
      const context = this.open();
      const awake = inTime(context.resume());
      awake.catch(() => undefined);
      const samples = await heard.make(signal);
      if (signal.aborted) return;
      // Heard or not, it can be saved.
      usePlayer.setState({ last: { heard, samples } });
      await awake;
      if (!signal.aborted) this.start(context, samples, heard);
    } catch (error) {
      if (signal.aborted) return;
      // The next try gets another context, which may find more.
      this.close();
      usePlayer.setState({ problem: `This cannot be played: ${messageOf(error)}` });
    }
  }

  stop(): void {
    this.asked.abort();
    this.asked = new AbortController();
    cancelAnimationFrame(this.frame);
    if (this.source !== null) {
      this.source.onended = null;
      this.source.stop();
      this.source.disconnect();
      this.source = null;
    }
    if (usePlayer.getState().now !== null) usePlayer.setState({ now: null });
    this.closeLater();
  }

  private open(): AudioContext {
    clearTimeout(this.closing);
    this.context ??= new AudioContext();
    return this.context;
  }

  private start(context: AudioContext, samples: Float32Array<ArrayBuffer>, heard: Heard): void {
    // At its own rate: the browser brings it to the sound card's.
    const buffer = context.createBuffer(1, samples.length, heard.rate);
    buffer.copyToChannel(samples, 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.onended = () => this.stop();
    source.start();
    this.source = source;
    usePlayer.setState({ now: { is: 'sounding', heard, share: 0 } });
    this.follow(context, buffer.duration);
  }

  /** Tells how far it is, frame by frame; what is heard lags behind what is given. */
  private follow(context: AudioContext, seconds: number): void {
    const begun = context.currentTime;
    const look = (): void => {
      const late = Number.isFinite(context.outputLatency) ? context.outputLatency : 0;
      const share = Math.max(0, Math.min(1, (context.currentTime - begun - late) / seconds));
      usePlayer.setState(({ now }) => ({ now: now && { ...now, share } }));
      this.frame = requestAnimationFrame(look);
    };
    this.frame = requestAnimationFrame(look);
  }

  /** Lets the sound card go; the next sound gets another context. */
  close(): void {
    this.stop();
    clearTimeout(this.closing);
    void this.context?.close();
    this.context = null;
  }

  private closeLater(): void {
    clearTimeout(this.closing);
    if (this.context !== null) this.closing = setTimeout(() => this.close(), UNUSED_MILLISECONDS);
  }
}

/** Throws when the browser's audio does not wake. */
async function inTime(awake: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new PatchworkError('the browser finds no loudspeaker or headphones. It can be saved as WAV all the same.');
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silence), WAKING_MILLISECONDS);
  });
  await Promise.race([awake, late]).finally(() => clearTimeout(timer));
}

const player = new Player();

export function play(heard: Heard): void {
  void player.play(heard);
}

export function stopPlaying(): void {
  player.stop();
}

let isReady = false;

/**
 * Wakes the browser's audio once somebody does something on a page that can be heard. The first context would wait for it, and the page
 * with it, for a tenth of a second and more in Chromium; asked which loudspeakers there are, the browser wakes it beside the page.
 */
export function readyOnTouch(): void {
  if (isReady) return;
  isReady = true;
  const hands = new AbortController();
  const wake = (): void => {
    hands.abort();
    // Absent where the page came over plain http from another computer, and refused where a page around this one says so.
    if ('mediaDevices' in navigator) void navigator.mediaDevices.enumerateDevices().catch(() => undefined);
  };
  const options = { signal: hands.signal, capture: true, passive: true };
  for (const type of ['pointermove', 'pointerdown', 'keydown']) document.addEventListener(type, wake, options);
}

/** A tab that nobody looks at is silent. */
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') stopPlaying();
});
window.addEventListener('pagehide', () => player.close());

/** Silence, and nothing to save: what was heard is of a run that is gone. */
export function forgetPlayed(): void {
  player.stop();
  usePlayer.setState({ last: null, problem: null });
}
