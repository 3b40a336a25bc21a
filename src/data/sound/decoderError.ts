/** Decoders that are more than a few lines are fetched when the first file needs them. */

/** A decoder could not be fetched. No file is at fault: all is refused together, and not one by one as damaged. */
export class DecoderError extends Error {
  override readonly name = 'DecoderError';

  constructor() {
    super('The decoder of these sounds could not be fetched: the server cannot be reached, or has a new version.');
  }
}

/**
 * A module with a decoder.
 *
 * @param load a dynamic import, written out so that the build gives its module a file of its own
 * @throws DecoderError when it cannot be fetched
 */
export async function fetched<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch {
    // The browser's own words name files and nothing that a person could do.
    throw new DecoderError();
  }
}
