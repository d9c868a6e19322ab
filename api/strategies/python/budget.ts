/** What compiling one source may cost; the compiler charges itself, nothing else stops it. */
import { type Range, refuse } from "./refusal.ts";

export interface Limits {
  readonly sourceBytes: number;
  /** Nodes of the syntax tree. */
  readonly treeNodes: number;
  /** Statements and expressions evaluated. */
  readonly steps: number;
  /** Values held in containers and strings, in units of one element or 16 characters. */
  readonly allocations: number;
  /** Nested evaluations: expressions in expressions and calls in calls. */
  readonly depth: number;
}

export const LIMITS: Limits = {
  sourceBytes: 5_000_000,
  treeNodes: 4_000_000,
  steps: 2_000_000,
  allocations: 1_000_000,
  depth: 400,
};

export class Budget {
  readonly limits: Limits;
  #treeNodes = 0;
  #steps = 0;
  #allocations = 0;
  #depth = 0;

  constructor(limits: Limits = LIMITS) {
    this.limits = limits;
  }

  treeNode(at: Range): void {
    if (++this.#treeNodes > this.limits.treeNodes) exceed("syntax tree nodes", at);
  }

  step(at: Range): void {
    if (++this.#steps > this.limits.steps) exceed("evaluation steps", at);
  }

  allocate(units: number, at: Range): void {
    this.#allocations += units;
    if (this.#allocations > this.limits.allocations) exceed("allocated values", at);
  }

  /** Runs `work` one level deeper. */
  nested<T>(at: Range, work: () => T): T {
    if (this.#depth >= this.limits.depth) {
      refuse(
        "nested_too_deeply",
        at,
        `Cannot evaluate: more than ${this.limits.depth} levels are nested`,
        "Split the expression, or remove the recursion",
      );
    }
    this.#depth++;
    try {
      return work();
    } finally {
      this.#depth--;
    }
  }
}

function exceed(what: string, at: Range): never {
  refuse(
    "budget_exceeded",
    at,
    `Cannot compile: the strategy needs more ${what} than are allowed`,
    "Shorten loops over constants, or split the file",
  );
}
