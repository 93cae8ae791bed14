/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // Native or stateful: loaded by Node, never bundled.
  serverExternalPackages: ['better-sqlite3', '@prisma/adapter-better-sqlite3', '@prisma/adapter-pg', 'pg'],
};
