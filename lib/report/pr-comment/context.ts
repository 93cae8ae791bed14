import type { Comparison } from '@/lib/regression/comparison';
import type { CompareOptions } from '@/lib/regression/options';
import type { CommentIdentity, RunNumber } from './marker';

/** A comparison in memory or as a document. */
export type Compared = Omit<Comparison, 'leftOut'>;

/** What the comment says beside the comparison. Everything here may hold names that a fork chose. */
export interface CommentContext extends CommentIdentity {
  /** In the headline: the service, else the project. */
  readonly subject: string;
  readonly base: {
    /** Head of the table's column: the branch. */
    readonly label: string;
    /** undefined = not told. */
    readonly sha: string | undefined;
    /** Why this base, for people: `merge base, built in the same job`. */
    readonly source: string;
  };
  readonly headSha: string;
  /** The comparison's page; undefined = there is none. */
  readonly link: string | undefined;
  readonly mode: 'report' | 'gate';
  readonly gates: CompareOptions['gates'];
  /** Same machine, Go version, rates: one fact each. */
  readonly environment: readonly string[];
  /** What the budget file says and which of its rules spoke. */
  readonly budget: readonly string[];
  /** Functions and lines that the pull request touched; empty = not known. */
  readonly touched: CompareOptions['touched'];
  /** Commands that do it again, one a line. */
  readonly reproduce: readonly string[];
  /** What was not tested and why: `12 sites below 50 contentions`. */
  readonly leftOut: readonly string[];
  /** As the server knows it; undefined = no server. */
  readonly reportId: string | undefined;
  /** undefined = not told by CI. */
  readonly run: RunNumber | undefined;
  /** ms since 1970 UTC. */
  readonly updatedAt: number;
}

/** A report that could not be made: what stood in the comment before must not stay. */
export interface Failure extends CommentIdentity {
  readonly subject: string;
  readonly headSha: string;
  /** A sentence: what happened, and where. */
  readonly reason: string;
  readonly run: RunNumber | undefined;
  readonly updatedAt: number;
}
