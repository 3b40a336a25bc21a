/**
 * The part of a recording that runs on the sound card's clock: hands on what it hears, block by block. Plain JavaScript, served as it
 * is: an audio worklet is no worker, and no bundler makes it from TypeScript.
 */

/** Samples of a block: about 40 ms. What comes in is 128 long, and a message for each would keep the page busy. */
const BLOCK = 2048;

class Recording extends AudioWorkletProcessor {
  constructor() {
    super();
    this.block = new Float32Array(BLOCK);
    this.filled = 0;
    this.goesOn = true;
    // There is one thing to be told: to stop.
    this.port.onmessage = () => {
      this.hand(this.block.slice(0, this.filled));
      this.tell({ type: 'end' });
      this.goesOn = false;
    };
  }

  /**
   * @param {Float32Array[][]} inputs
   * @returns {boolean} whether to be asked again
   */
  process([channels]) {
    // Of a source that has ended nothing comes.
    const heard = channels[0];
    if (heard === undefined) return this.goesOn;
    for (const sample of heard) {
      this.block[this.filled++] = sample;
      if (this.filled < BLOCK) continue;
      this.hand(this.block.slice());
      this.filled = 0;
    }
    return this.goesOn;
  }

  /** @param {Float32Array<ArrayBuffer>} samples */
  hand(samples) {
    this.tell({ type: 'block', samples }, [samples.buffer]);
  }

  /**
   * @param {import('./protocol.ts').RecordingEvent} event
   * @param {Transferable[]} [transfer]
   */
  tell(event, transfer = []) {
    this.port.postMessage(event, transfer);
  }
}

registerProcessor('recording', Recording);
