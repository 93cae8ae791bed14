/** Asks for the time a profile covers when the file does not tell it; without it no rate is shown. */
export function WindowForm({
  params,
  seconds,
}: {
  readonly params: URLSearchParams;
  readonly seconds: number | undefined;
}) {
  const kept = [...params].filter(([name]) => name !== 'window');
  return (
    <form method="get" className="fl-bar">
      {kept.map(([name, value]) => (
        <input key={name + value} type="hidden" name={name} value={value} />
      ))}
      <label className="label" htmlFor="window">
        Seconds this profile covers
      </label>
      <input
        id="window"
        name="window"
        type="number"
        min="0.001"
        step="any"
        className="field"
        style={{ width: 140 }}
        defaultValue={params.get('window') ?? (seconds === undefined ? '' : String(seconds))}
      />
      <button type="submit" className="btn">
        Show rates
      </button>
      <span className="micro">
        For a profile since process start: the process's age when it was taken. Then “goroutines waiting” can be said.
      </span>
    </form>
  );
}
