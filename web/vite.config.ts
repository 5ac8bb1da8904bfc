import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

import { trustedDocuments } from './build/trusted-documents.ts'

const SERVICE = 'http://127.0.0.1:8000'

export default defineConfig({
  plugins: [trustedDocuments(), svelte()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0, // the policy of the page allows no data: addresses
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: Object.fromEntries(['/graphql', '/session', '/exports', '/imports', '/cypher', '/graphiql', '/developers'].map((path) => [path, SERVICE])),
  },
})
