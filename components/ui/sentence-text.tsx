import type { Part, Sentence } from '@/lib/report/sentence';

/** A sentence with its marked parts: code in mono, the number it is about in the bad colour. */
export function SentenceText({ sentence }: { readonly sentence: Sentence }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity beyond their place and never reorder
  return sentence.map((part, index) => <PartText key={index} part={part} />);
}

function PartText({ part }: { readonly part: Part }) {
  if (typeof part === 'string') return part;
  switch (part.as) {
    case 'code':
      return <code>{part.text}</code>;
    case 'strong':
      return <b>{part.text}</b>;
    case 'alarm':
      return <span className="em">{part.text}</span>;
  }
}
