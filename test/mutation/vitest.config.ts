import { defineConfig } from 'vitest/config';

/** Only what judges the domain: nothing is compiled, started or waited for, so that thousands of mutants can be tried. */
export default defineConfig({
  test: {
    include: ['test/domain/**/*.test.ts', 'test/lib/**/*.test.ts'],
    exclude: ['**/naive-*.test.ts'],
    testTimeout: 10_000,
  },
});
