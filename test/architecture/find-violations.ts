import { boundaryOf, isWithin } from './boundaries.ts';
import type { Import } from './read-imports.ts';

/** Every import that a boundary refuses, in words. */
export function findViolations(imports: Map<string, Import[]>): string[] {
  return [...imports].flatMap(([file, imported]) => {
    const boundary = boundaryOf(file);
    if (boundary === null)
      return [`${file}: no boundary speaks of it: give its folder a line in test/architecture/boundaries.ts`];
    const { of, mayImport, mayImportTypes = [], apart, instead } = boundary;
    return imported.flatMap((found) => {
      if (!found.found) return [`${file} imports ${found.of}, which is not there`];
      const allowed = [...mayImport, ...(apart ? [] : [of]), ...(found.typeOnly ? mayImportTypes : [])];
      return allowed.some((place) => isWithin(found.of, place)) ? [] : [`${file} imports ${found.of}: ${instead}`];
    });
  });
}

/** Every ring of files that import each other, types included: `a.ts > b.ts > a.ts`. */
export function findCycles(imports: Map<string, Import[]>): string[] {
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, trail: string[]) => {
    const start = trail.indexOf(file);
    if (start !== -1) cycles.push([...trail.slice(start), file].join(' > '));
    if (start !== -1 || finished.has(file)) return;
    for (const { of } of imports.get(file) ?? []) visit(of, [...trail, file]);
    finished.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return cycles;
}
