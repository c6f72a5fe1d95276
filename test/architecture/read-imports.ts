import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { parseSync } from 'vite';

/** One import, re-export or `import()` of a file. */
export interface Import {
  /** `src/lib/hex.ts`, `npm:zod`, `node:fs`. */
  of: string;
  typeOnly: boolean;
  /** False where a project file or package is not there. */
  found: boolean;
}

/** Every source file of the project that boundaries speak of, with what it imports; by path from the project's root. */
export function readImports(root: string): Map<string, Import[]> {
  return new Map(sourceFiles(root).map((file) => [file, importsOf(root, file)]));
}

export const sourceFolders = ['src', 'devices', 'demo', 'kiosk-ui/src'];

function sourceFiles(root: string): string[] {
  return sourceFolders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => posix.join(folder, file)),
    )
    .filter((file) => /\.(ts|tsx|mts|js|mjs)$/.test(file));
}

function importsOf(root: string, file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const { module, program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`\`${file}\` cannot be read: ${errors[0]?.message}`);
  const named = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...module.staticExports
      .flatMap(({ entries }) => entries)
      .flatMap(({ moduleRequest, isType }) => (moduleRequest ? [{ specifier: moduleRequest.value, typeOnly: isType }] : [])),
    ...importsInside(program),
  ];
  return named.map(({ specifier, typeOnly }) => ({ ...resolve(root, file, specifier), typeOnly }));
}

/** `import('x')` as an expression or a type. A name that is worked out while running is not an import of a file. */
function importsInside(node: unknown): { specifier: string; typeOnly: boolean }[] {
  if (node === null || typeof node !== 'object') return [];
  if (Array.isArray(node)) return node.flatMap(importsInside);
  const { type, source } = node as { type?: string; source?: { type?: string; value?: unknown } };
  const isImport = (type === 'ImportExpression' || type === 'TSImportType') && typeof source?.value === 'string';
  const here = isImport ? [{ specifier: String(source.value), typeOnly: type === 'TSImportType' }] : [];
  return [...here, ...Object.values(node).flatMap(importsInside)];
}

function resolve(root: string, file: string, specifier: string): { of: string; found: boolean } {
  if (specifier.startsWith('.')) {
    const of = posix.join(dirname(file), specifier);
    return { of, found: existsSync(join(root, of)) };
  }
  if (isBuiltin(specifier)) return { of: specifier.startsWith('node:') ? specifier : `node:${specifier}`, found: true };
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  return { of: `npm:${name}`, found: true };
}
