/** Feather of version 2, which is an Arrow IPC file: as freqtrade and pandas write candles. */

import { MessageHeader } from "apache-arrow/fb/message-header";
import { RecordBatch } from "apache-arrow/fb/record-batch";
import { Schema } from "apache-arrow/fb/schema";
import { readArrowBatch } from "./arrow_batch.ts";
import { damagedArrow, readArrowMessages, readingArrow } from "./arrow_messages.ts";
import { type ArrowColumns, readArrowSchema } from "./arrow_schema.ts";
import type { ByteReader } from "./byte_reader.ts";
import type { CandleFileOptions, ReadStep } from "./candle_file.ts";
import { TableRows } from "./table_rows.ts";

/** Reads batch by batch; a batch is in memory as a whole. */
export async function* readFeather(
  bytes: ByteReader,
  options: CandleFileOptions,
): AsyncGenerator<ReadStep> {
  const { fileName } = options;
  const rows = new TableRows(options, "feather");
  let columns: ArrowColumns | undefined;
  for await (const { message, body } of readArrowMessages(bytes)) {
    switch (message.headerType()) {
      case MessageHeader.Schema: {
        const schema: Schema | null = message.header(new Schema());
        columns = readingArrow(fileName, () => {
          if (!schema || columns) throw damagedArrow(fileName);
          return readArrowSchema(schema, fileName);
        });
        break;
      }
      case MessageHeader.RecordBatch: {
        const batch: RecordBatch | null = message.header(new RecordBatch());
        const found = columns;
        if (!batch || !found) throw damagedArrow(fileName);
        const candles = yield* readArrowBatch(batch, body, found, fileName);
        yield* rows.addColumns(candles);
        break;
      }
      // Dictionaries belong to columns of text.
      case MessageHeader.DictionaryBatch:
        break;
      default:
        throw damagedArrow(fileName);
    }
  }
  yield rows.end(columns?.volume !== undefined);
}
