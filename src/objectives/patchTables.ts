/** Tables of training patches that targets may be made with (methods 2.1). */

/** Entries of a code book (k, patchLength), and how many of the patches that it was learned from each is nearest to (k). */
export interface CodeBook {
  centres: Float32Array;
  counts: Uint32Array;
}

/** Mean patch (patchLength) and unit vectors (count, patchLength), by falling variance. */
export interface Principal {
  mean: Float32Array;
  components: Float32Array;
}

/** Learned when they are first asked for, and once. */
export interface PatchTables {
  codeBook(size: number): CodeBook;
  /** @param count at most the length of a patch */
  principal(count: number): Principal;
}
