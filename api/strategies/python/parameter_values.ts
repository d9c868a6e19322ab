/** A hyperopt parameter as strategies read it: `.value`, `.range`, `.low`, `.high`. */
import { type Range, refuse } from "./refusal.ts";
import { type BoundParameter, pin, type Session } from "./session.ts";
import { isNumber, list, NONE, numberOf, type ParameterSpec, type Value } from "./values.ts";

export function parameterAttribute(
  session: Session,
  spec: ParameterSpec,
  name: string,
  at: Range,
): Value {
  const bound = boundOf(session, spec, at);
  switch (name) {
    case "value":
      // A text or a list cannot be a kernel's argument, so it shapes the program.
      if (!isNumber(bound.value)) session.pinned.add(bound.name);
      return slotOrConstant(bound);
    case "range":
      return rangeOf(session, bound, at);
    case "low":
    case "high": {
      const limit = spec[name];
      if (limit === null) break;
      return { kind: Number.isInteger(limit) ? "int" : "float", value: limit };
    }
  }
  refuse("unsupported_attribute", at, `Cannot use "${name}" of the parameter "${bound.name}"`);
}

function boundOf(session: Session, spec: ParameterSpec, at: Range): BoundParameter {
  for (const bound of session.parameters.values()) if (bound.spec === spec) return bound;
  refuse(
    "unsupported_expression",
    at,
    "Cannot read a hyperopt parameter here",
    "Read it in a populate method",
  );
}

function slotOrConstant(bound: BoundParameter): Value {
  const { value, name } = bound;
  return isNumber(value) ? { kind: "slot", parameter: name, constant: value } : value;
}

/** Outside of an optimisation a range holds the value alone, as freqtrade answers it. */
function rangeOf(session: Session, bound: BoundParameter, at: Range): Value {
  const value = pin(session, slotOrConstant(bound));
  switch (bound.spec.type) {
    case "int":
      if (value.kind !== "int") break;
      return { kind: "range", start: value.value, stop: value.value + 1, step: 1 };
    case "decimal":
    case "categorical":
    case "boolean":
      if (!isNumber(value)) session.pinned.add(bound.name);
      return list([value]);
    case "real":
      break;
  }
  refuse("unsupported_attribute", at, `The parameter "${bound.name}" has no range`);
}

/** The value a run binds a slot to. */
export function slotNumber(value: Value): number {
  return isNumber(value) ? numberOf(value) : value === NONE ? 0 : NaN;
}
