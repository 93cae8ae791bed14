/** Who a token acts for, and what it may. */
export interface Account {
  readonly login: string;
  readonly type: 'Bot' | 'User';
  /** Without read access to contents the repository is hidden: 404. */
  readonly contents: 'read' | 'none';
  readonly pulls: 'read' | 'write';
  readonly checks: 'read' | 'write';
  readonly statuses: 'read' | 'write';
}

/** The token of Actions in a pull request of the repository itself. */
export const actions: Account = {
  login: 'github-actions[bot]',
  type: 'Bot',
  contents: 'read',
  pulls: 'write',
  checks: 'write',
  statuses: 'write',
};

/** The same in a pull request from a fork. */
export const forkActions: Account = { ...actions, pulls: 'read', checks: 'read', statuses: 'read' };

/** A person's token: no check runs. */
export const person: Account = { ...actions, login: 'octocat', type: 'User', checks: 'read' };
