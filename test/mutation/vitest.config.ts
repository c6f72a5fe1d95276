import { defineConfig } from 'vitest/config';

/**
 * Only what judges the domain: nothing is compiled, started or waited for. Properties that try hundreds of taps are left out, so
 * that thousands of mutants can be tried; what they hold, they hold beside what is counted here.
 */
export default defineConfig({
  test: {
    include: [`test/domain/${process.env['MUTATION_TESTS'] ?? ''}/**/*.test.ts`],
    exclude: ['**/naive-*.test.ts', '**/laws.test.ts'],
    testNamePattern: /^(?!.*the law of the next time)/,
    testTimeout: 30_000,
  },
});
