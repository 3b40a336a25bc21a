/** The page's end of the loader: whoever asks gets the answer to his own question. */
import type { LoaderClient, OnCrash } from '../../worker/client.ts';
import { discard, newParcel, type Parcel, type ParcelDoor } from '../../worker/parcel.ts';
import type { LoaderCommand, LoaderEvent } from '../../worker/protocol.ts';

type Asking = Extract<LoaderCommand, { id: number }>;

export interface Ticket {
  /** Nobody wants the answer any more. */
  drop(): void;
}

export class LoaderLink {
  private client: LoaderClient | null = null;
  private lastId = 0;
  private readonly asked = new Map<number, { hear(event: LoaderEvent): void; parcel: Parcel<unknown> }>();

  /** @param onCrash once for each loader that breaks down; nobody who waits is answered */
  constructor(
    private readonly start: (onCrash: OnCrash) => LoaderClient,
    private readonly onCrash: OnCrash,
  ) {}

  /**
   * @param hear gets what the loader says of it, and the parcel that it fills
   */
  ask<T>(make: (id: number, door: ParcelDoor<T>) => Asking, hear: (event: LoaderEvent, parcel: Parcel<T>) => void): Ticket {
    const id = ++this.lastId;
    const { door, parcel } = newParcel<T>();
    this.asked.set(id, { hear: (event) => hear(event, parcel), parcel });
    this.open().send(make(id, door), [door.port]);
    return {
      drop: () => {
        if (this.asked.delete(id)) discard(parcel);
      },
    };
  }

  /** Stops the reading of files that is under way. */
  cancel(): void {
    this.client?.send({ type: 'cancel' });
  }

  private open(): LoaderClient {
    if (this.client !== null) return this.client;
    const client = this.start((message) => {
      if (this.client !== client) return;
      this.client = null;
      for (const { parcel } of this.asked.values()) discard(parcel);
      this.asked.clear();
      this.onCrash(message);
    });
    client.listen((event) => {
      const asked = this.client === client ? this.asked.get(event.id) : undefined;
      if (asked === undefined) return;
      if (event.type !== 'progress') this.asked.delete(event.id);
      asked.hear(event);
      if (event.type === 'error' || (event.type === 'loaded' && event.dataset === undefined)) discard(asked.parcel);
    });
    this.client = client;
    return client;
  }
}
