import { heatSteps } from './heat-scale';

export function HeatLegend() {
  return (
    <span className="legend">
      {heatSteps.map((step, index) => (
        <span key={step.from}>
          <i className="sw" style={{ background: step.colour }} aria-hidden="true" />
          {step.text}
          {index === heatSteps.length - 1 ? ' waiting' : ''}
        </span>
      ))}
    </span>
  );
}
