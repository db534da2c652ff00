import { defineConfig } from 'vite';

// The server builds into a folder of its choice; alone, the app lands in dist/app. In development the API is asked at its usual address.
const server = process.env['MYTRADEX_URL'] ?? 'http://localhost:3001';

export default defineConfig({
  build: {
    outDir: process.env['TERMINAL_OUT'] ?? 'dist/app',
    emptyOutDir: true,
    target: 'es2022',
    // The content policy allows no data: fonts or scripts, and a small file costs little over one connection.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // Directives of servers that render React; there is none here.
      onLog: (level, log, report) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  server: {
    proxy: {
      '/api': server,
      '/docs': server,
      '/socket.io': { target: server, ws: true },
    },
  },
});
