/** Named tables of typed columns in one self-describing byte string (docs/internals/results.md). */

export type PackedType = "f64" | "time" | "i32" | "i64" | "bool" | "text";
export type PackedValues = Float64Array | Int32Array | BigInt64Array | Uint8Array;

export interface PackedColumn {
  readonly name: string;
  readonly type: PackedType;
  /** `text` holds codes into the strings of the whole, -1 for null. */
  readonly values: PackedValues;
}

export interface PackedTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly PackedColumn[];
}

export interface PackedTables {
  readonly tables: readonly PackedTable[];
  readonly strings: readonly string[];
}

interface Header {
  readonly version: 1;
  readonly strings: readonly string[];
  readonly tables: readonly TableHeader[];
}

interface TableHeader {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly ColumnHeader[];
}

interface ColumnHeader {
  readonly name: string;
  readonly type: PackedType;
  /** From the first byte after the header. */
  readonly offset: number;
}

const MAGIC = new TextEncoder().encode("CWCOL\0\0\x01");
const PREFIX_BYTES = MAGIC.length + 4;
const ALIGNMENT = 8;
const WIDTH: Readonly<Record<PackedType, number>> = {
  f64: 8,
  time: 8,
  i32: 4,
  i64: 8,
  bool: 1,
  text: 4,
};

/** The bytes of the tables; equal tables give equal bytes. */
export function encodeTables({ tables, strings }: PackedTables): Uint8Array<ArrayBuffer> {
  let end = 0;
  const headers = tables.map(({ name, rows, columns }) => ({
    name,
    rows,
    columns: columns.map((column) => {
      const offset = end;
      end = alignUp(offset + rows * WIDTH[column.type]);
      return { name: column.name, type: column.type, offset };
    }),
  }));
  const header = encodeHeader({ version: 1, strings, tables: headers });
  const bytes = new Uint8Array(header.length + end);
  bytes.set(header);
  for (const [index, table] of tables.entries()) {
    for (const [at, column] of table.columns.entries()) {
      const offset = headers[index]?.columns[at]?.offset ?? 0;
      writeColumn(bytes, header.length + offset, column, table.rows);
    }
  }
  return bytes;
}

/** Reads the tables; columns are views of `bytes` where its alignment allows, else copies. */
export function decodeTables(bytes: Uint8Array<ArrayBuffer>): PackedTables {
  const { header, start } = decodeHeader(bytes);
  const tables = header.tables.map(({ name, rows, columns }) => ({
    name,
    rows,
    columns: columns.map(({ name, type, offset }) => ({
      name,
      type,
      values: readColumn(bytes, { type, offset: start + offset, rows }),
    })),
  }));
  return { tables, strings: header.strings };
}

/** The table of that name. Throws a RangeError without one. */
export function tableNamed({ tables }: PackedTables, name: string): PackedTable {
  const found = tables.find((table) => table.name === name);
  if (found === undefined) throw new RangeError(`The packed result has no table "${name}"`);
  return found;
}

/** The column of that name. Throws a RangeError without one. */
export function columnNamed(table: PackedTable, name: string): PackedValues {
  const found = table.columns.find((column) => column.name === name);
  if (found === undefined) throw new RangeError(`Table "${table.name}" has no column "${name}"`);
  return found.values;
}

function encodeHeader(header: Header): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(alignUp(PREFIX_BYTES + json.length)).fill(0x20);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint32(MAGIC.length, bytes.length - PREFIX_BYTES, true);
  bytes.set(json, PREFIX_BYTES);
  return bytes;
}

function decodeHeader(bytes: Uint8Array<ArrayBuffer>): { header: Header; start: number } {
  if (bytes.length < PREFIX_BYTES || MAGIC.some((byte, index) => bytes[index] !== byte)) {
    throw new RangeError("Cannot read the packed result: it does not begin with its mark");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = PREFIX_BYTES + view.getUint32(MAGIC.length, true);
  if (start > bytes.length) throw new RangeError("Cannot read the packed result: it is cut short");
  const text = new TextDecoder().decode(bytes.subarray(PREFIX_BYTES, start));
  const header = JSON.parse(text) as Header;
  if (header.version !== 1) {
    throw new RangeError(`Cannot read the packed result: version ${header.version} is unknown`);
  }
  return { header, start };
}

function writeColumn(
  bytes: Uint8Array<ArrayBuffer>,
  offset: number,
  { name, type, values }: PackedColumn,
  rows: number,
): void {
  if (values.length !== rows) {
    throw new RangeError(`Column "${name}" has ${values.length} rows, its table has ${rows}`);
  }
  const target = viewOf(bytes.buffer, offset, type, rows);
  if (target.constructor !== values.constructor) {
    throw new TypeError(`Column "${name}" is no ${type}`);
  }
  (target as Float64Array).set(values as Float64Array);
}

function readColumn(
  bytes: Uint8Array<ArrayBuffer>,
  { type, offset, rows }: { type: PackedType; offset: number; rows: number },
): PackedValues {
  const size = rows * WIDTH[type];
  if (offset + size > bytes.length) {
    throw new RangeError("Cannot read the packed result: it is cut short");
  }
  const absolute = bytes.byteOffset + offset;
  const aligned = absolute % WIDTH[type] === 0;
  const buffer = aligned ? bytes.buffer : bytes.slice(offset, offset + size).buffer;
  return viewOf(buffer, aligned ? absolute : 0, type, rows);
}

/** Typed arrays have the machine's byte order, which is little-endian wherever this runs. */
function viewOf(buffer: ArrayBuffer, offset: number, type: PackedType, rows: number): PackedValues {
  switch (type) {
    case "f64":
    case "time":
      return new Float64Array(buffer, offset, rows);
    case "i32":
    case "text":
      return new Int32Array(buffer, offset, rows);
    case "i64":
      return new BigInt64Array(buffer, offset, rows);
    case "bool":
      return new Uint8Array(buffer, offset, rows);
  }
}

function alignUp(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
