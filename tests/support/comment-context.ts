import type { CommentContext } from '@/lib/report/pr-comment/context';

/** The context of a comment on pull request 812 of acme/order; `facts` replace what a test is about. */
export function commentContext(facts: Partial<CommentContext> = {}): CommentContext {
  return {
    project: 'order',
    suite: 'load-800rps',
    subject: 'order-service',
    base: {
      label: 'main',
      sha: '9f2c1e0a77b1f0c2d3e4f5a6b7c8d9e0f1a2b3c4',
      source: 'merge base, built in the same job',
    },
    headSha: '41ab77d0c1b2a3948576d5e4f3a2b1c0d9e8f7a6',
    link: 'https://lockscope.example/pr/acme/order/812',
    mode: 'report',
    gates: { lock: 0.25, cpu: 0.1, time: 0.05 },
    environment: ['Go 1.26.8', 'block rate 1 ns', 'mutex fraction 1'],
    budget: ['.lockscope.yml on main'],
    touched: [],
    reproduce: ['lockscope ci run --suite load-800rps --base 9f2c1e0 --head 41ab77d'],
    leftOut: [],
    reportId: '812-1',
    run: undefined,
    updatedAt: Date.UTC(2026, 10, 25, 3, 14),
    ...facts,
  };
}
