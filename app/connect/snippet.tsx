import { CopyButton } from '@/components/ui/copy-button';
import { ScrollRegion } from '@/components/ui/scroll-region';

/** Text to paste, with a button that copies all of it. */
export function Snippet({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div className="snippet">
      <ScrollRegion label={label}>
        <pre className="snip">{text}</pre>
      </ScrollRegion>
      <CopyButton text={text} />
    </div>
  );
}
