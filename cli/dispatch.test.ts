import { expect, test } from 'vitest';
import { runCommand } from '../tests/support/run-command';

const commands = ['serve', 'push', 'scrape', 'top', 'doctor'];

test.each(commands)('%s --help says how it is used, on stdout, and exits 0', async (command) => {
  const asked = await runCommand([command, '--help']);
  expect([asked.code, asked.stderr]).toEqual([0, '']);
  expect(asked.stdout).toContain(`lockscope ${command}`);
  expect(await runCommand(['help', command])).toEqual(asked);
});

test('the overview lists every command', async () => {
  const { code, stdout } = await runCommand(['--help']);
  expect(code).toBe(0);
  for (const command of commands) expect(stdout).toContain(`  ${command} `);
});

test('an unknown command is a usage error that shows the overview', async () => {
  const { code, stdout, stderr } = await runCommand(['tops']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('there is no command "tops"');
});
