/** A candle file that cannot be read at all; its message is fit to be shown as it is. */
export class CandleFileError extends Error {
  override readonly name = "CandleFileError";
}

/** A piece of a foreign file for an error message: printable, on one line, at most 60 characters. */
export function quoteCell(text: string): string {
  const printable = text.replaceAll(/[^\x20-\x7e]+/g, "?");
  return `"${printable.length > 60 ? printable.slice(0, 57) + "..." : printable}"`;
}
