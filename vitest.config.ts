import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['test/preparer.ts'],
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
