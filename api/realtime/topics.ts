/** What a client can subscribe to: `events` is everything of its own, `KIND:ID` one resource. */
import { AppError } from "../platform/errors.ts";

export type Topic =
  | { readonly kind: "events"; readonly name: string }
  | {
    readonly kind: "resource";
    readonly name: string;
    readonly resourceKind: string;
    readonly id: string;
  };

const RESOURCE = /^([a-z_]{1,40}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** @throws AppError that quotes the name and says what is known. */
export function parseTopic(name: string, resourceKinds: readonly string[]): Topic {
  if (name === "events") return { kind: "events", name };
  const [, resourceKind = "", id = ""] = RESOURCE.exec(name) ?? [];
  if (resourceKinds.includes(resourceKind)) return { kind: "resource", name, resourceKind, id };
  const known = ["events", ...resourceKinds.map((kind) => `${kind}:ID`)].join(", ");
  const quoted = name.length > 80 ? `${name.slice(0, 80)}…` : name;
  throw new AppError(
    "VALIDATION_ERROR",
    `Cannot subscribe to "${quoted}": known topics are ${known}`,
  );
}
