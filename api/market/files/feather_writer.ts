/**
 * Candles as a feather file of version 2 that pandas and freqtrade read: the columns date
 * (milliseconds, UTC), open, high, low, close and volume, not packed.
 *
 * Source: the Arrow columnar format 1.5, "IPC File Format".
 */

import {
  Field,
  Float64,
  makeData,
  MetadataVersion,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMillisecond,
} from "apache-arrow";
import { FileBlock, Footer } from "apache-arrow/ipc/metadata/file";
import type { CandleColumns } from "../candles/columns.ts";
import { joinBytes } from "./byte_reader.ts";

const START = new TextEncoder().encode("ARROW1\0\0");
const END = new TextEncoder().encode("ARROW1");

/** The word before a message and the length of its metadata. */
const PREFIX_BYTES = 8;
/** What ends a stream: the same two, with the length 0. */
const STREAM_END = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);

/** Piece by piece: one for each of `parts`, which become record batches. */
export async function* writeFeather(
  parts: AsyncIterable<CandleColumns>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const schema = candleSchema();
  const head = streamOf(schema, []);
  const start = joinBytes([START, head.subarray(0, -STREAM_END.length)]);
  const schemaBytes = start.length - START.length;
  yield start;
  let position = start.length;
  const blocks: FileBlock[] = [];
  for await (const candles of parts) {
    const message = streamOf(schema, [toBatch(schema, candles)])
      .slice(schemaBytes, -STREAM_END.length);
    const metadataBytes = PREFIX_BYTES + new DataView(message.buffer).getUint32(4, true);
    blocks.push(new FileBlock(metadataBytes, message.length - metadataBytes, position));
    position += message.length;
    yield message;
  }
  const footer = Footer.encode(new Footer(schema, MetadataVersion.V5, blocks, []));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, footer.length, true);
  yield joinBytes([STREAM_END, footer, length, END]);
}

function candleSchema(): Schema {
  const prices = ["open", "high", "low", "close", "volume"]
    .map((name) => Field.new({ name, type: new Float64(), nullable: true }));
  const date = Field.new({ name: "date", type: new TimestampMillisecond("UTC"), nullable: true });
  return new Schema([date, ...prices]);
}

function toBatch(schema: Schema, candles: CandleColumns): RecordBatch {
  const { time, open, high, low, close, volume } = candles;
  const length = time.length;
  const dates = BigInt64Array.from(time, BigInt);
  const children = [
    makeData({ type: new TimestampMillisecond("UTC"), length, data: dates }),
    ...[open, high, low, close, volume].map((data) =>
      makeData({ type: new Float64(), length, data })
    ),
  ];
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length, children }),
  );
}

/** The schema, the batches and the end, as a stream in its own right. */
function streamOf(schema: Schema, batches: readonly RecordBatch[]): Uint8Array {
  const writer = new RecordBatchStreamWriter();
  writer.reset(undefined, schema);
  for (const batch of batches) writer.write(batch);
  writer.finish();
  return writer.toUint8Array(true);
}
