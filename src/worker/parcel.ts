/**
 * One message on its way from a worker to another, through a page that never opens it: pictures are decoded in one worker, and
 * trained on in another. The page makes the port's two ends and hands one to each; what the first worker has sent waits in the
 * port until the second one looks.
 */

/** The receiver's end. What lies in it is told by the message that carries it. */
export interface Parcel<T> {
  port: MessagePort;
  /** Never set: it keeps parcels of different contents apart. */
  readonly holds?: T;
}

/** The sender's end. */
export interface ParcelDoor<T> {
  port: MessagePort;
  readonly takes?: T;
}

export function newParcel<T>(): { door: ParcelDoor<T>; parcel: Parcel<T> } {
  const { port1, port2 } = new MessageChannel();
  return { door: { port: port1 }, parcel: { port: port2 } };
}

/** Fills a parcel, before anybody is told that it is there. */
export function fill<T>({ port }: ParcelDoor<T>, contents: T, transfer: Transferable[]): void {
  port.postMessage(contents, transfer);
  port.close();
}

/** The contents of a parcel that has been filled. */
export function unpack<T>({ port }: Parcel<T>): Promise<T> {
  return new Promise((resolve) => {
    port.addEventListener(
      'message',
      ({ data }: MessageEvent<T>) => {
        resolve(data);
        port.close();
      },
      { once: true },
    );
    port.start();
  });
}

/** Lets go of a parcel that nobody wants any more. */
export function discard<T>({ port }: Parcel<T> | ParcelDoor<T>): void {
  port.close();
}
