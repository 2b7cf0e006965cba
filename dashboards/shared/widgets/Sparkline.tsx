export interface SparklineProps {
  values: readonly number[];
  label: string;
  /** Draws around zero instead of from the floor. */
  centred?: boolean;
  color?: string;
  /** A level to compare with, in the values' unit. */
  level?: number | null;
  width?: number;
  height?: number;
}

/** The course of a few dozen values, without axes: the numbers stand beside it. */
export function Sparkline({ values, label, centred, color = 'var(--accent)', level, width = 250, height = 46 }: SparklineProps) {
  if (values.length < 2) return null;
  const reach = [...values, ...(level ? [level] : [])];
  const top = Math.max(...reach, 0.001);
  const high = centred ? Math.max(top, -Math.min(...values)) : top;
  const low = centred ? -high : Math.min(0, ...values);
  const x = (i: number) => (i / (values.length - 1)) * width;
  const y = (v: number) => 2 + (1 - (v - low) / (high - low)) * (height - 4);
  const line = values.map((v, i) => `${i ? 'L' : 'M'}${x(i).toFixed(1)} ${y(v).toFixed(1)}`).join('');
  const base = y(0).toFixed(1);
  return (
    <svg class="spark" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <line x1="0" x2={width} y1={base} y2={base} class="spark-base" />
      {!centred && <path d={`${line}L${width} ${base}L0 ${base}Z`} fill={color} opacity="0.14" />}
      {level ? <line x1="0" x2={width} y1={y(level)} y2={y(level)} class="spark-level" /> : null}
      <path d={line} fill="none" stroke={color} stroke-width="1.8" vector-effect="non-scaling-stroke" stroke-linejoin="round" />
    </svg>
  );
}
