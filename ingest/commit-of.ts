import { type Labels, labelValue } from '@/lib/selection/selection';

const whole = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const abbreviated = /^(?=.*[a-f])[0-9a-f]{7,39}$/;

/**
 * The commit that a series' labels tell: `service_git_ref`, or the build's own name, where that is a hash. A ref that
 * is a branch or a tag is none; an abbreviation of digits alone is taken for a build number.
 */
export function commitOf(labels: Labels): string | undefined {
  return [labelValue(labels, 'service_git_ref'), labelValue(labels, 'build')].find(
    (name) => whole.test(name) || abbreviated.test(name),
  );
}
