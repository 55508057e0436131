import { defineConfig } from 'vite';

// The compiler of templates, which is in the page here, is large; see main.ts.
export default defineConfig({ build: { chunkSizeWarningLimit: 1500 } });
