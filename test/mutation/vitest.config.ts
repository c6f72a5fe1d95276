import { defineConfig } from 'vitest/config';

const folder = process.env['MUTATION_TESTS'] ?? '';

/** Tests of other folders that judge this one: the journal through its contract, the gate through the box that runs it. */
const beside: Record<string, string[]> = {
  gate: ['test/app/run-box.test.ts'],
  journal: ['test/contract/journal.test.ts', 'test/app/run-box.test.ts'],
};

/**
 * Only what judges the domain: nothing is compiled, started or waited for. Properties that try hundreds of taps are left out, so
 * that thousands of mutants can be tried; what they hold, they hold beside what is counted here.
 */
export default defineConfig({
  test: {
    include: [`test/domain/${folder}/**/*.test.ts`, ...(beside[folder] ?? [])],
    exclude: ['**/naive-*.test.ts', '**/laws.test.ts'],
    testNamePattern: /^(?!.*the law of the next time)/,
    testTimeout: 30_000,
  },
});
