import { judgeArrow } from "../arrows.ts";
import { describeFile, resolveImport } from "../source_file.ts";

type Importer =
  | Deno.lint.ImportDeclaration
  | Deno.lint.ExportNamedDeclaration
  | Deno.lint.ExportAllDeclaration;

/** Imports point one way; across capabilities only the few files named in `arrows.ts` are open. */
export const capabilityImports: Deno.lint.Rule = {
  create(context) {
    const file = describeFile(context.filename);
    function judge(node: Deno.lint.Node, specifier: string, typeOnly: boolean): void {
      const to = resolveImport(file, specifier);
      if (to === null) return;
      const message = judgeArrow({ from: file.path, to, typeOnly });
      if (message !== null) context.report({ node, message });
    }
    return {
      ImportDeclaration: (node) => judge(node, node.source.value, isTypeOnly(node)),
      ExportAllDeclaration: (node) => judge(node, node.source.value, node.exportKind === "type"),
      ExportNamedDeclaration(node) {
        if (node.source !== null) judge(node, node.source.value, isTypeOnly(node));
      },
      ImportExpression(node) {
        if (node.source.type !== "Literal" || typeof node.source.value !== "string") return;
        judge(node, node.source.value, false);
      },
    };
  },
};

function isTypeOnly(node: Exclude<Importer, Deno.lint.ExportAllDeclaration>): boolean {
  if (node.type === "ExportNamedDeclaration") {
    return node.exportKind === "type" || allTypes(node.specifiers.map((each) => each.exportKind));
  }
  if (node.importKind === "type") return true;
  return allTypes(
    node.specifiers.map((each) => each.type === "ImportSpecifier" ? each.importKind : "value"),
  );
}

function allTypes(kinds: readonly string[]): boolean {
  return kinds.length > 0 && kinds.every((kind) => kind === "type");
}
