import node from '@astrojs/node';
import { defineConfig } from 'astro/config';

// Pages are rendered when they are asked for.
export default defineConfig({ output: 'server', adapter: node({ mode: 'middleware' }) });
