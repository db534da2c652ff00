import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      // Tested as they are, not as they were last built.
      '@mytradex/api/msw': path('../api/src/msw/index.ts'),
      '@mytradex/hooks': path('src/index.ts'),
      '@mytradex/api': path('../api/src/index.ts'),
      'socket.io-client': path('../api/test/realtime/fakeSocketIo.ts'),
    },
  },
  test: {
    environment: 'happy-dom',
    environmentOptions: { happyDOM: { url: 'http://localhost:3001/' } },
    include: ['test/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    // The machine may be busy with others.
    testTimeout: 30_000,
  },
});
