import type { Sentence } from '@/lib/report/sentence';

/** A sentence with its marked parts: code in mono, the number it is about in the bad colour. */
export function SentenceText({ sentence }: { readonly sentence: Sentence }) {
  return sentence.map((part, index) => {
    // Parts have no identity beyond their place; the list never reorders.
    const key = index;
    if (typeof part === 'string') return <span key={key}>{part}</span>;
    switch (part.as) {
      case 'code':
        return <code key={key}>{part.text}</code>;
      case 'strong':
        return <b key={key}>{part.text}</b>;
      case 'alarm':
        return (
          <span key={key} className="em">
            {part.text}
          </span>
        );
    }
  });
}
