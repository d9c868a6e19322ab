/** Turns the project's camel-case names into the snake-case names of freqtrade's files. */

export function snakeKeys(record: object): Record<string, unknown> {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [toSnakeCase(key), value]));
}

export function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
