import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    vue({
      template: {
        compilerOptions: {
          // Without this Vue looks for a component of that name, and warns.
          isCustomElement: (tag) => tag.startsWith('pusher-'),
        },
      },
    }),
  ],
  // Channels are signed by the local server; see auth-endpoint.
  server: { proxy: { '/pusher': 'http://localhost:6001' } },
});
