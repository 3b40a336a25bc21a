/** What an audio worklet finds in its global scope, and TypeScript's DOM library does not know. */
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;
