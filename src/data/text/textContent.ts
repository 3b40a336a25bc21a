/** What one pick of texts is read as: those of a file or of a row, which stay on one side of a split. */
export interface TextContent {
  texts: readonly string[];
  /** Where they stand, for people: "reviews.csv, row 14". */
  place: string;
  isFile: boolean;
}
