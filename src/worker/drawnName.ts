/** The cache of drawn pictures of the copy of Patchwork at `folder`, an address that ends in a slash. The service worker has it too. */
export const drawnName = (folder: string): string => `patchwork drawn ${folder}`;
