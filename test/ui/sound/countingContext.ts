/** An `AudioContext` that plays nothing and remembers what it was given. */
import { vi } from 'vitest';

/** A sound that was given to the loudspeaker. */
export interface Given {
  samples: Float32Array;
  rate: number;
  /** In the order of all starts and stops. */
  started: number;
  stopped: number | null;
}

export interface CountingContexts {
  contexts: FakeContext[];
  given: Given[];
  /** Lets `share` of what sounds now pass. */
  pass(share: number): void;
  /** What sounds now comes to its end. */
  finish(): void;
  /** There is no loudspeaker: from now on no context wakes. */
  unplug(): void;
}

interface FakeContext {
  state: AudioContextState;
  resumed: number;
  currentTime: number;
}

/** Stands in for the browser's until the stubs are taken away. */
export function countContexts(): CountingContexts {
  const contexts: FakeContext[] = [];
  const given: Given[] = [];
  let clock = 0;
  let ended: (() => void) | null = null;
  let isPlugged = true;
  class Source {
    buffer: Given | null = null;
    onended: (() => void) | null = null;
    private sound: Given | null = null;
    connect(): void {}
    disconnect(): void {}
    start(): void {
      if (this.buffer === null) throw new Error('started without a sound');
      this.sound = { ...this.buffer, started: clock++ };
      given.push(this.sound);
      ended = () => this.onended?.();
    }
    stop(): void {
      if (this.sound !== null) this.sound.stopped = clock++;
    }
  }
  class Context implements FakeContext {
    state: AudioContextState = 'suspended';
    resumed = 0;
    currentTime = 0;
    readonly outputLatency = 0;
    readonly destination = {};
    constructor() {
      contexts.push(this);
    }
    async resume(): Promise<void> {
      if (!isPlugged) return new Promise(() => undefined);
      this.state = 'running';
      this.resumed++;
    }
    async close(): Promise<void> {
      this.state = 'closed';
    }
    createBuffer(channels: number, length: number, rate: number) {
      if (channels !== 1) throw new Error(`${channels} channels`);
      const samples = new Float32Array(length);
      const copyToChannel = (from: Float32Array): void => samples.set(from);
      return { samples, rate, started: 0, stopped: null, duration: length / rate, copyToChannel };
    }
    createBufferSource(): Source {
      return new Source();
    }
  }
  vi.stubGlobal('AudioContext', Context);
  return {
    contexts,
    given,
    pass(share) {
      const sound = given.at(-1);
      const context = contexts.at(-1);
      if (sound !== undefined && context !== undefined) context.currentTime += (share * sound.samples.length) / sound.rate;
    },
    finish: () => ended?.(),
    unplug: () => {
      isPlugged = false;
    },
  };
}
