/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // `import text from './file?raw'`: the snippets of /connect are the files that CI compiles.
  turbopack: { rules: { '*': { condition: { query: '?raw' }, type: 'text' } } },
  // Native or stateful: loaded by Node, never bundled.
  // `npm test` and `npm run check` run tsc over everything; a second pass would only slow `npm run demo`.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['better-sqlite3', '@prisma/adapter-better-sqlite3', '@prisma/adapter-pg', 'pg'],
};
