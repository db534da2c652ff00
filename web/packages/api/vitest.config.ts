import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The example imports the package as others do; here it is tested as it is, not as it was last built.
  resolve: { alias: { '@mytradex/api': fileURLToPath(new URL('src/index.ts', import.meta.url)), 'socket.io-client': fileURLToPath(new URL('test/realtime/fakeSocketIo.ts', import.meta.url)) } },
  test: {
    environment: 'happy-dom',
    environmentOptions: { happyDOM: { url: 'http://localhost:3001/' } },
    include: ['test/**/*.test.ts'],
    restoreMocks: true,
    // The machine may be busy with others.
    testTimeout: 30_000,
  },
});
