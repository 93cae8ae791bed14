/** Patterns for frames that only one side has; the colours are the ends of the scale. */
export function ChangeHatches() {
  return (
    <svg width="0" height="0" aria-hidden="true" className="sr">
      <defs>
        {(['new', 'gone'] as const).map((name) => (
          <pattern
            key={name}
            id={`cmp-${name}`}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="6" height="6" fill={name === 'new' ? 'var(--diff-p3)' : 'var(--diff-n3)'} />
            <rect width="2" height="6" fill={name === 'new' ? 'var(--diff-p1)' : 'var(--diff-n1)'} />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}

/** What the colours mean; stays in view while the page scrolls. */
export function ChangeLegend() {
  return (
    <div className="cmp-scale" data-testid="diff-legend">
      <span>▼ waits less</span>
      {['n4', 'n3', 'n2', 'n1', '0', 'p1', 'p2', 'p3', 'p4'].map((step) => (
        <i key={step} style={{ background: `var(--diff-${step})` }} />
      ))}
      <span>waits more ▲</span>
      <span>grey: inside the noise · hatched: new or gone</span>
    </div>
  );
}
