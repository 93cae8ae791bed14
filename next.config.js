/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // The address the server listens on; Next itself expects localhost only and would refuse hot reload.
  allowedDevOrigins: ['127.0.0.1'],
  // `import text from './file?raw'`: the snippets of /connect are the files that CI compiles.
  turbopack: { rules: { '*': { condition: { query: '?raw' }, type: 'text' } } },
  // `npm test` and `npm run check` run tsc over everything; a second pass would only slow `npm run demo`.
  typescript: { ignoreBuildErrors: true },
  // Native or stateful: loaded by Node, never bundled.
  serverExternalPackages: ['better-sqlite3', '@prisma/adapter-better-sqlite3', '@prisma/adapter-pg', 'pg'],
};
