import { defineConfig } from 'prisma/config';

export default defineConfig({ schema: './postgresql', migrations: { path: './postgresql/migrations' } });
