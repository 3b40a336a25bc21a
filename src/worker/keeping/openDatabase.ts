/** A database of the browser that makes way for other tabs, and is opened again when it is next needed. */
import { type DBSchema, type IDBPDatabase, type OpenDBCallbacks, openDB } from 'idb';

export class OpenDatabase<Schema extends DBSchema> {
  /** Null while it is closed, because another tab wanted a newer version, or the browser or somebody took it away. */
  private connection: Promise<IDBPDatabase<Schema>> | null = null;

  constructor(
    private readonly name: string,
    private readonly version: number,
    private readonly upgrade: NonNullable<OpenDBCallbacks<Schema>['upgrade']>,
  ) {}

  /**
   * Opens it again where it was closed meanwhile.
   *
   * @throws DOMException where the browser gives no database to this page
   */
  connect(): Promise<IDBPDatabase<Schema>> {
    if (this.connection !== null) return this.connection;
    const lose = (): void => {
      if (this.connection === connection) this.connection = null;
    };
    const connection = openDB<Schema>(this.name, this.version, {
      upgrade: this.upgrade,
      // Another tab wants a newer version: this one must not stand in its way.
      blocking: (_current, _wanted, event) => {
        lose();
        (event.target as IDBDatabase).close();
      },
      terminated: lose,
    });
    this.connection = connection;
    connection.catch(lose);
    return connection;
  }
}
