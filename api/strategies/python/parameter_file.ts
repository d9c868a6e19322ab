/** `NAME.json`: the results of an optimisation beside the strategy. */
import type { ParameterFile } from "./parameters.ts";
import { refuse } from "./refusal.ts";
import type { ClassValue } from "./values.ts";

/** Empty without a file; refuses one that belongs to another strategy, as freqtrade does. */
export function readParameterFile(content: unknown, of: ClassValue): ParameterFile {
  if (content === undefined || content === null) return {};
  if (!isRecord(content)) {
    return refuse("invalid_parameter_file", of.at, "The parameter file must be a JSON object");
  }
  if (content.strategy_name !== of.name) {
    refuse(
      "invalid_parameter_file",
      of.at,
      `The parameter file belongs to "${String(content.strategy_name)}", not to "${of.name}"`,
      "Rename or remove the file",
    );
  }
  const params = content.params ?? {};
  const wellFormed = isRecord(params) && Object.values(params).every(isRecord);
  if (!wellFormed) {
    refuse(
      "invalid_parameter_file",
      of.at,
      'The parameter file\'s "params" must hold an object for each space',
    );
  }
  return params as ParameterFile;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
