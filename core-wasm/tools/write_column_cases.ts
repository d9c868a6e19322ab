/**
 * Writes the series and cases of the column goldens, seeded; make_column_goldens.py computes the answers.
 *
 *     deno run -A core-wasm/tools/write_column_cases.ts [folder]
 */
import { KERNELS } from "../registry/index.ts";
import { inputNames, isApproximate, randomColumns, randomParameters } from "./column_cases.ts";
import { randomNumbers } from "./random_series.ts";

const SEED = 20260815;
const ROUNDS = 4;
const FOLDER = new URL("../testdata/indicators/", import.meta.url).pathname;

async function main(): Promise<void> {
  const folder = Deno.args[0] ?? FOLDER;
  const random = randomNumbers(SEED);
  const series = randomColumns(random);
  const names = Object.keys(series.walk ?? {});
  const bytes = Object.values(series).flatMap((columns) =>
    names.map((name) => new Uint8Array((columns[name] ?? new Float64Array()).slice().buffer))
  );
  const rows = KERNELS.filter(({ family, inputs }) => family !== "talib" && inputs.length > 0);
  const cases = rows.flatMap((row) =>
    Array.from({ length: row.parameters.length === 0 ? 1 : ROUNDS }, (_, round) => {
      const values = randomParameters(row, random, round);
      const parameters = Object.fromEntries(
        row.parameters.map(({ name }, index) => [name, values[index] ?? NaN]),
      );
      const inputs = inputNames(row, series.walk ?? {}, random, round);
      const isNear = isApproximate(row.name, parameters) ? { samples: true } : {};
      return { name: row.name, inputs, parameters, ...isNear };
    })
  );
  const description = {
    seed: SEED,
    columns: names,
    series: Object.entries(series).map(([name, { close }]) => [name, close?.length ?? 0]),
    cases,
  };
  const whole = new Uint8Array(await new Blob(bytes).arrayBuffer());
  await Deno.writeFile(`${folder}/column_series.bin`, whole);
  await Deno.writeTextFile(`${folder}/column_cases.json`, JSON.stringify(description) + "\n");
}

if (import.meta.main) await main();
