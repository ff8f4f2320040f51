import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

import { buildApp } from './src/server/build/build-app.ts';
import { embeddedApi } from './src/server/build/embedded-api.ts';
import { firstChunk } from './src/server/build/first-chunk.ts';

export default defineConfig({
  plugins: [react(), tailwindcss(), embeddedApi()],
  builder: { buildApp },
  environments: {
    client: {
      build: {
        outDir: 'dist/console',
        emptyOutDir: true,
        manifest: true,
        rolldownOptions: {
          output: { codeSplitting: { groups: [{ name: firstChunk, debugName: 'first' }] } },
        },
      },
    },
    server: {
      consumer: 'server',
      build: {
        outDir: 'dist/server',
        emptyOutDir: true,
        copyPublicDir: false,
        sourcemap: true,
        target: 'node20',
        rolldownOptions: { input: { main: 'src/server/main.ts' } },
      },
    },
  },
  test: {
    // By itself one less: nobody works on the machine meanwhile, and the tests are patient.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['src/contract/**/*.test.ts', 'src/server/**/*.test.ts', 'e2e/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'console',
          environment: 'jsdom',
          include: ['src/console/**/*.test.ts', 'src/console/**/*.test.tsx'],
        },
      },
    ],
  },
});
