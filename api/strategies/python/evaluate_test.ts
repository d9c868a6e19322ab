import assert from "node:assert/strict";
import { compileStrategy } from "../compile.ts";

/** What the text evaluates to, told by the name of a column it names. */
function evaluated(expr: string): string {
  const text = `
from freqtrade.strategy import IStrategy


class S(IStrategy):
    timeframe = "5m"
    stoploss = -0.1

    def populate_indicators(self, frame, metadata):
        a, b, f, s, xs = 3, -2, 1.25, "Qq", [1, 2, 5]
        frame["=" + str(${expr})] = 1
        return frame

    def populate_entry_trend(self, frame, metadata):
        return frame

    def populate_exit_trend(self, frame, metadata):
        return frame
`;
  const compiled = compileStrategy(text, { pairs: [] });
  if (!compiled.accepted) return compiled.refusals[0]?.code ?? "";
  const column = compiled.programs[0]?.program.frame.find(({ name }) => name.startsWith("="));
  return column?.name.slice(1) ?? "";
}

function check(cases: readonly (readonly [string, string])[]): void {
  for (const [expr, expected] of cases) assert.equal(evaluated(expr), expected, expr);
}

// The expected texts are what CPython 3.11 answers.
Deno.test("expressions keep integers and floats apart as Python does", () => {
  check([
    ["7 // -2", "-4"],
    ["7 % -2", "-1"],
    ["1e3 % b", "-0.0"],
    ["-5.5 % 2", "0.5"],
    ["0 * b / 1", "0.0"],
    ["6 / 3", "2.0"],
    ["True + 1", "2"],
    ["2 ** 10", "1024"],
    ["1e16", "1e+16"],
    ["1e-5", "1e-05"],
    ["abs(-0.0)", "0.0"],
    ["5 & 3 | 8 ^ 1", "9"],
    ["~a", "-4"],
    ["1 / 0", "raises"],
    ["2 ** 64", "invalid_value"],
  ]);
});

Deno.test("expressions round and format numbers as Python does", () => {
  check([
    ["round(2.5)", "2"],
    ["round(3.5)", "4"],
    ["round(2.675, 2)", "2.67"],
    ["round(0.125, 2)", "0.12"],
    ["round(-0.125, 2)", "-0.12"],
    ["f'{2.675:.2f} {-0.2:.0f} {7:03d} {f}'", "2.67 -0 007 1.25"],
    ["'{:.1f}_{}'.format(0.25, True)", "0.2_True"],
    ["int(-2.9)", "-2"],
    ["float('1e3')", "1000.0"],
  ]);
});

Deno.test("expressions evaluate logic, containers and closures as Python does", () => {
  check([
    ["not a and b or f", "1.25"],
    ["a and not b or s", "Qq"],
    ["1 < a <= 3 != b", "True"],
    ["[x * 2 for x in xs if x > 1]", "unsupported_expression"],
    ["'-'.join([str(x * 2) for x in xs if x > 1])", "4-10"],
    ["sum([i * v for i, v in enumerate(xs)])", "12"],
    ["sorted([3, 1, 2])[::-1][0]", "3"],
    ["{'k': 1, 1: 'one'}[True]", "one"],
    ["max(a, b) - min(xs)", "2"],
    ["[*xs, *range(2)][-1]", "1"],
    ["(lambda x, y=2: x ** y)(a)", "9"],
    ["s.upper()[0] + 'abc'[-1]", "Qc"],
    ["dict(a=1, **{'b': 2})['b']", "2"],
    ["len({1, 1.0, True, 2})", "2"],
    ["(y := a + 1) * y", "16"],
  ]);
});
