import type { FakePull } from './repository';

export const headSha = '41ab77d0c1b2a3948576d5e4f3a2b1c0d9e8f7a6';
export const baseSha = '9f2c1e0a77b1f0c2d3e4f5a6b7c8d9e0f1a2b3c4';

/** Pull request 812 of acme/order, open and from a branch of the repository itself. */
export function orderPull(facts: Partial<FakePull> = {}): FakePull {
  return {
    number: 812,
    open: true,
    headSha,
    commits: [],
    headRepository: 'acme/order',
    baseBranch: 'main',
    baseSha,
    files: [
      {
        filename: 'config.go',
        patch:
          '@@ -50,2 +50,3 @@ func (m *OrderConfigManager) ReloadFromDB() {\n \tm.mu.Lock()\n-\tdefer m.mu.Unlock()\n+\trows := m.load()\n+\tm.mu.Unlock()',
      },
    ],
    ...facts,
  };
}
