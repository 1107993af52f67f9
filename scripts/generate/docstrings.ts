/** The docstrings of the protocol's declarations, so that documents say what the source says, in one wording. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';

/** Path → what it means. A path is `file/export`, with `/member` for each member below it, as `messages/send/output/duplicate`. */
export type Docstrings = ReadonlyMap<string, string>;

const textOf = (node: ts.Node): string | null => {
  const [first] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(first?.comment);
  return text === undefined ? null : text.replace(/\s+/gu, ' ').trim();
};

const isExported = (statement: ts.VariableStatement): boolean =>
  statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;

/** The members of the object literals among a call's arguments; `Type.Optional(Type.Object({ … }))` is looked through. */
const readMembers = (found: Map<string, string>, file: string, path: string, node: ts.Node): void => {
  if (ts.isCallExpression(node)) for (const argument of node.arguments) readMembers(found, file, path, argument);
  if (!ts.isObjectLiteralExpression(node)) return;
  for (const member of node.properties) {
    if (ts.isSpreadAssignment(member)) {
      // `...Profile.properties` brings what is said of them along
      const from = /^(\w+)\.properties$/u.exec(member.expression.getText())?.[1];
      for (const [said, text] of found) {
        if (from && said.startsWith(`${file}/${from}/`)) found.set(said.replace(`${file}/${from}`, path), text);
      }
    } else if (ts.isPropertyAssignment(member)) {
      const inner = `${path}/${member.name.getText()}`;
      const text = textOf(member);
      if (text !== null) found.set(inner, text);
      readMembers(found, file, inner, member.initializer);
    }
  }
};

/** Reads the docstrings of every exported value of a folder's files and of their members. */
export const docstrings = (folder: string): Docstrings => {
  const found = new Map<string, string>();
  for (const name of readdirSync(folder)
    .filter((each) => each.endsWith('.ts') && !each.endsWith('.test.ts'))
    .sort()) {
    const file = basename(name, '.ts');
    const source = ts.createSourceFile(name, readFileSync(join(folder, name), 'utf8'), ts.ScriptTarget.Latest, true);
    for (const statement of source.statements) {
      if (!ts.isVariableStatement(statement) || !isExported(statement)) continue;
      const [declaration] = statement.declarationList.declarations;
      if (!declaration) continue;
      const path = `${file}/${declaration.name.getText()}`;
      const text = textOf(statement);
      if (text !== null) found.set(path, text);
      if (declaration.initializer) readMembers(found, file, path, declaration.initializer);
    }
  }
  return found;
};
