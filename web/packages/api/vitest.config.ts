import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'happy-dom',
    environmentOptions: { happyDOM: { url: 'http://localhost:3001/' } },
    include: ['test/**/*.test.ts'],
    restoreMocks: true,
  },
});
