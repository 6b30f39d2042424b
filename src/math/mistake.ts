/** A sentence about the half-open range `from`–`to` of the text. */
export interface Mistake {
  readonly message: string;
  readonly from: number;
  readonly to: number;
}
